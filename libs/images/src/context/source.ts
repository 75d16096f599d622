/** What a build is made from. */
import { checkout, repositoryAt, type Checkout } from '@nx-ci-cache/git';

/** The commit, seen from the workspace's folder. */
export interface Source {
  /** Absolute path of the workspace, which may be a folder inside the repository; of a submodule its own folder. */
  readonly workspaceRoot: string;
  /** Full object id. */
  readonly commit: string;
  /** Of a submodule that is not checked out: the folder is the repository itself. */
  readonly isBare?: boolean;
  /** Absolute path of the folder of its objects. Default: the repository's own. */
  readonly objects?: string;
  /** Of a submodule: where it lies, relative to the workspace. */
  readonly at?: string;
}

/** Git where the source is. */
export const gitOf = ({ workspaceRoot, isBare = false, objects }: Source): Checkout => {
  if (isBare) return repositoryAt(workspaceRoot);
  return objects === undefined ? checkout(workspaceRoot) : checkout(workspaceRoot).withObjects(objects);
};
