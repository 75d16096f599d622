/** Every block of commands in the pages is run by a test, or says of itself that it is an illustration. */
import { fencesOf, fencesOfPage, pages } from '@nx-ci-cache/e2e/src/support/page';

/** Words of shells that highlighters know; one of them is used. */
const shells = ['bash', 'shell', 'console', 'zsh', 'powershell', 'sh-session', 'shellsession'];
const command = /^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:npx|npm|pnpm|yarn|nx|git|docker|uv|pip|tools\/\w+|curl|apt-get|export) /m;

const fences = pages().flatMap((page) => fencesOfPage(page).map((fence) => ({ page, ...fence })));

it('has commands only in fences of the language sh, alone or as an illustration', () => {
  const odd = fences.filter(({ info }) => {
    const [language = '', ...rest] = info.split(' ');
    return shells.includes(language) || (language === 'sh' && !['', 'illustration'].includes(rest.join(' ')));
  });
  expect(odd).toEqual([]);
});

it('hides no command in a fence without a language', () => {
  expect(
    fences.filter(({ info, text }) => ['', 'text'].includes(info) && command.test(text.split('\n')[0] ?? '')),
  ).toEqual([]);
});

it('finds fences in lists too, and what they are called', () => {
  expect(fencesOf('```sh\na\n```\n\n1. x\n\n   ```sh illustration\n   b\n   ```\n')).toEqual([
    { info: 'sh', text: 'a\n' },
    { info: 'sh illustration', text: '   b\n' },
  ]);
});
