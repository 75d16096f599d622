/** Every git command as a pure function of values: tests compare them, a dry run can print them. */

import type { Grant } from '@nx-ci-cache/records';
import { checkOid } from '../content/oid';

/** The name of the remote in a private repository: a name cannot be mistaken for an option, a URL could. */
export const target = 'target';

export const initArgs = ['init', '--bare', '--template=', '.'] as const;

/** Full refs, and HEAD to know the default branch. The answer may hold more: `ls-remote` matches by suffix. */
export const lsRemoteArgs = (...refs: readonly string[]): string[] => [
  'ls-remote',
  '--symref',
  '--',
  target,
  'HEAD',
  ...refs,
];

/** One commit and its trees without history; the content of its files only when asked for. */
export const fetchCommitArgs = (commit: string, content: 'with content' | 'without' = 'without'): string[] => [
  ...fetchArgs,
  '--depth=1',
  ...(content === 'without' ? ['--filter=blob:none'] : ['--no-filter']),
  '--',
  target,
  `+${commit}:refs/seen/${commit}`,
];

/** Content of files by object id; a promised object is asked for by its own id. */
export const fetchBlobsArgs = (blobs: readonly string[]): string[] => [
  '-c',
  'fetch.negotiationAlgorithm=noop',
  ...fetchArgs,
  '--filter=blob:none',
  '--',
  target,
  ...blobs,
];

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

const fetchArgs = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-auto-maintenance'];

/**
 * Old imports left authors without mail and odd time zones in histories nobody will rewrite. Of history only parents and
 * messages are read; a partial fetch of git 2.39 ignores `fetch.fsck.<fault> = warn`, so it is all checks or none.
 */
const fetchAsImported = ['-c', 'transfer.fsckObjects=false', ...fetchArgs];

/** Entries of named files at the root of a commit's tree. */
export const lsTreeArgs = (commit: string, files: readonly string[] = []): string[] => [
  'ls-tree',
  '-z',
  '--full-tree',
  commit,
  '--',
  ...files,
];

/** Puts plain files in and takes named ones out. */
export const updateIndexArgs = (blobs: Readonly<Record<string, string>>, removed: readonly string[] = []): string[] => [
  'update-index',
  '--add',
  ...Object.entries(blobs).flatMap(([file, blob]) => ['--cacheinfo', `100644,${blob},${file}`]),
  ...(removed.length === 0 ? [] : ['--force-remove', '--', ...removed]),
];

/** `signingKey` is the path of an ssh key; its content never passes through us. */
export const commitTreeArgs = (
  tree: string,
  parent: string | null,
  messageFile: string,
  signingKey?: string,
): string[] => [
  ...(signingKey === undefined ? [] : ['-c', 'gpg.format=ssh', '-c', `user.signingKey=${signingKey}`]),
  'commit-tree',
  signingKey === undefined ? '--no-gpg-sign' : '-S',
  ...(parent === null ? [] : ['-p', parent]),
  '-F',
  messageFile,
  tree,
];

/**
 * Only a lease on the full ref with an explicit id is compare-and-swap; an empty id means "must not exist yet".
 * @param _grant without it there is no way to push.
 */
export const pushArgs = (
  ref: string,
  commit: string,
  expected: string | null,
  _grant: Grant<'constraints'>,
): string[] => {
  // `:ref` would delete it.
  checkOid(commit);
  return [
    'push',
    '--porcelain',
    '--no-verify',
    '--no-signed',
    '--recurse-submodules=no',
    `--force-with-lease=${ref}:${expected ?? ''}`,
    '--',
    target,
    `${commit}:${ref}`,
  ];
};
