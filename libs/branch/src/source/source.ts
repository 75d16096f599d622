/** Where the sources of this run stand: the commit, the branch, and whether it is somebody's proposal only. */
import { checkout, headOf, headRefOf } from '@nx-ci-cache/git';
import { ciRef } from './ci-environment';

export interface DetectedSource {
  /** Full object id of HEAD. */
  readonly commit: string;
  /** The branch that is checked out, or the one the CI names for a detached checkout of its commit. */
  readonly branch?: string;
  /** The commit the CI names, when the detached checkout is of another one: nothing says which branch that is on. */
  readonly otherCommit?: string;
  /** Whether a CI runs us. */
  readonly ci: boolean;
  readonly pullRequest: boolean;
  /** Branch a pull request wants to go to, when the CI names it. */
  readonly baseBranch?: string;
}

/** @throws CiCacheError `CommandFailed` outside a git checkout. */
export const detectSource = async (
  workspaceRoot: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<DetectedSource> => {
  const git = checkout(workspaceRoot);
  const commit = await headOf(git, workspaceRoot);
  const checkedOut = await headRefOf(git);
  const { branch: named, commit: built, ...told } = ciRef(environment);
  if (checkedOut !== undefined) return { ...told, commit, branch: checkedOut.replace(/^refs\/heads\//, '') };
  if (built !== undefined && built !== commit) return { ...told, commit, otherCommit: built };
  return { ...told, commit, ...(named === undefined ? {} : { branch: named }) };
};
