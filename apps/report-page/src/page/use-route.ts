/** The address as state: links change it, and the page follows. */
import { useEffect, useState } from 'preact/hooks';
import { parseRoute, type Route } from './route';

export const useRoute = (): Route => {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
};

/** Without an entry in the history: what is typed letter by letter is one step for who goes back. */
export const replaceHash = (hash: string): void => {
  history.replaceState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
};
