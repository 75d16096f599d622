/** What a private repository is made by and how it fetches, as pure functions of values: tests compare them. */

/** The name of the remote in a private repository: a name cannot be mistaken for an option, a URL could. */
export const target = 'target';

export const initArgs = ['init', '--bare', '--template=', '.'] as const;

/** Commits only. `depth` undefined takes all that is missing. */
export const fetchHistoryArgs = (commits: readonly string[], depth: number | undefined): string[] => [
  ...fetchAsImported,
  ...(depth === undefined ? [] : [`--depth=${depth}`]),
  '--filter=tree:0',
  '--',
  target,
  ...commits.map((commit) => `+${commit}:refs/seen/${commit}`),
];

/** How far back history is asked for, one after the other; the last is all there is. */
export const depths: readonly number[] = [50, 1000, 2_147_483_647];

/** Commits of all branches: a server that speaks git's first protocol hands out nothing but what a ref names. */
export const fetchHeadsArgs = (depth: number): string[] => [
  ...fetchAsImported,
  `--depth=${depth}`,
  '--filter=tree:0',
  '--',
  target,
  '+refs/heads/*:refs/seen/heads/*',
];

/** How every fetch begins: it writes nothing but what it was asked for. */
export const fetchArgs: readonly string[] = [
  'fetch',
  '--quiet',
  '--no-tags',
  '--no-write-fetch-head',
  '--no-auto-maintenance',
];

/**
 * Old imports left authors without mail and odd time zones in histories nobody will rewrite. Of history only parents and
 * messages are read; a partial fetch of git 2.39 ignores `fetch.fsck.<fault> = warn`, so it is all checks or none.
 */
const fetchAsImported = ['-c', 'transfer.fsckObjects=false', ...fetchArgs];
