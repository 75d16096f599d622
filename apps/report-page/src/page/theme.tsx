/** Dark or light: as the system says, until somebody chooses. */
import { useEffect, useState } from 'preact/hooks';

const key = 'nx-ci-cache-theme';
const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

export const ThemeToggle = () => {
  const [theme, setTheme] = useState<Theme>(remembered);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const choose = (): void => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
    remember(next);
    setTheme(next);
  };
  return (
    <button type="button" class="theme" onClick={choose}>
      Colours: {theme}
    </button>
  );
};

/** A page that was opened from a file may have no storage. */
const remembered = (): Theme => {
  try {
    return themes.find((each) => each === localStorage.getItem(key)) ?? 'system';
  } catch {
    return 'system';
  }
};

const remember = (theme: Theme): void => {
  try {
    localStorage.setItem(key, theme);
  } catch {
    // It holds until the page is closed.
  }
};
