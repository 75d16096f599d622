/** What a build is made from. */

/** The commit, seen from the workspace's folder. */
export interface Source {
  /** Absolute path of the workspace; may be a folder inside the repository. */
  readonly workspaceRoot: string;
  /** Full object id. */
  readonly commit: string;
}
