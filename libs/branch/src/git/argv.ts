/** Every git command of a publication as a pure function of values: tests compare them, a dry run can print them. */

import { checkOid, fetchArgs, target } from '@nx-ci-cache/git';
import type { Grant } from '@nx-ci-cache/records';

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

/** A push that writes nothing: the remote lets in whoever may push, or says no. */
export const tryPushArgs = (ref: string, commit: string): string[] => {
  checkOid(commit);
  return [
    ...['push', '--dry-run', '--porcelain', '--no-verify', '--no-signed', '--recurse-submodules=no'],
    ...['--', target, `${commit}:${ref}`],
  ];
};
