/** The commit of a push names the sources its files were made from, so files that nobody committed may not be among them. */
import { realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ReadMode } from '@nx-ci-cache/constraints';
import { checkout, editedPaths, rootOf } from '@nx-ci-cache/git';
import { refuseEdited } from '@nx-ci-cache/images';
import type { BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';

/** A preview publishes nothing, so there they are what one wants to see. @throws CiCacheError `OptionInvalid` naming the paths. */
export const refuseEditedSources = async (
  modes: readonly Pick<ReadMode, 'files'>[],
  { sourceCommit: commit, preview }: Pick<BranchFacts, 'sourceCommit' | 'preview'>,
  { config, workspaceRoot }: StepContext,
): Promise<void> => {
  if (preview !== undefined) return;
  const files = [...config.files, ...modes.flatMap(({ files: read }) => read)];
  refuseEdited(
    'sources of the constraints',
    await changedSince(commit, files, workspaceRoot),
    'Commit them first: the pushed commit says which sources its files were made from.',
  );
};

/**
 * Those that are not as the commit has them, what lies outside of the repository first: nobody knows how that was.
 * @param files relative to the workspace.
 * @throws CiCacheError `CommandFailed` for a commit that the checkout does not have.
 */
export const changedSince = async (
  commit: string,
  files: readonly string[],
  workspaceRoot: string,
): Promise<readonly string[]> => {
  const root = await realpath(workspaceRoot);
  // The workspace may be a folder of the repository, and a link lead to another one.
  const repository = await rootOf(checkout(workspaceRoot));
  const named = files.map((path) => join(root, path));
  const read = await Promise.all(named.map(behindLinks));
  const paths = [...new Set([...named, ...read])].map((path) => relative(repository, path));
  const outside = paths.filter((path) => path.startsWith('../'));
  const inside = paths.filter((path) => !outside.includes(path));
  return [...outside, ...(await editedPaths(checkout(repository), commit, inside, 'count'))];
};

/** What a link leads to is what was read, and the commit may hold no more than the link. */
const behindLinks = (path: string): Promise<string> => realpath(path).catch(() => path);
