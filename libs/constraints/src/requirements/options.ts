/** Options people have in requirement files, each with the key of ci-cache.json that takes its place. */

/** What to do instead of an option line, as one sentence. */
export const insteadOf = (line: string): string => {
  const [, name = '', value = ''] = /^(-[a-zA-Z]|--[a-z-]+)[\s=]*(.*)$/.exec(line) ?? [];
  return instead.find(({ names }) => names.includes(name))?.say(value.trim()) ?? elsewhere;
};

const elsewhere = 'Take the line away: what steers the resolver stands in ci-cache.json.';

/** A password may stand in a URL, so of these nothing is repeated. */
const instead: readonly { readonly names: readonly string[]; readonly say: (value: string) => string }[] = [
  { names: ['-r', '--requirement', '-c', '--constraint'], say: () => 'Name a file behind it.' },
  { names: ['-e', '--editable'], say: (path) => asMember(path) },
  { names: ['-i', '--index-url', '--pypi-url'], say: () => 'Write it as "url" of "index" in ci-cache.json.' },
  {
    names: ['--extra-index-url'],
    say: () => 'Write it with a name of its own into "indexes" of "index" in ci-cache.json.',
  },
  {
    names: ['-f', '--find-links'],
    say: (path) => `Name the folder ${path || 'of wheels'} in "findLinks" of the mode.`,
  },
  {
    names: ['--no-binary'],
    say: () => 'Name the package in "allowSdist" of the mode: it is built where it has no wheel.',
  },
  {
    names: ['--only-binary', '--prefer-binary', '--no-build'],
    say: () =>
      'Take the line away: nothing is built that "allowSdist" of the mode does not name, and a wheel comes first.',
  },
  {
    names: ['--pre'],
    say: () => 'Write "prerelease": "allow" into the mode, or name packages in "prereleasePackages".',
  },
  {
    names: ['--trusted-host'],
    say: () => 'Take the line away: an index is reached over https, and SSL_CERT_FILE names further authorities.',
  },
  { names: ['--no-index'], say: () => 'Take the line away: packages come from "index" and "findLinks" alone.' },
  { names: ['--use-feature'], say: () => 'Take the line away: it steers pip, which resolves nothing here.' },
  { names: ['--hash'], say: () => 'Write it behind its requirement, on one line with it or after a backslash.' },
  { names: ['--require-hashes'], say: () => 'Take the line away: a constraint file holds no hashes.' },
];

/** A project of the workspace, as `-e .[dev]` and `./libs/foo` name one. */
export const asMember = (path: string): string => {
  const [, folder = '', extras] = /^(?:file:(?:\/\/)?)?([^[\s;#]*?)\/*(?:\[([^\]]*)\])?(?:[\s;#].*)?$/.exec(path) ?? [];
  if (folder === '' || /^(?:[a-z]+\+|[a-z]+:)/i.test(folder) || folder.startsWith('/'))
    return 'Require the package by its name, or its project as { "pyproject": "…/pyproject.toml" } in "requirements" of the mode.';
  const place = folder.replace(/^(\.\/)+/, '').replace(/^\.$/, '');
  const asked = (extras ?? '').split(',').flatMap((extra) => (extra.trim() === '' ? [] : [extra.trim()]));
  const entry = {
    pyproject: `${place === '' ? '' : `${place}/`}pyproject.toml`,
    ...(asked.length > 0 && { extras: asked }),
  };
  return `Write ${JSON.stringify(entry)} into "requirements" of the mode; outside the project its path starts with {workspaceRoot}/.`;
};
