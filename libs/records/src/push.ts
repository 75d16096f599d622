/** `push.json`: what became of the constraints branch. */
export type PushResult =
  | 'pushed'
  | 'unchanged'
  | 'already-applied'
  /** Nothing was pushed in this run, which goes by a commit that another job has pushed. */
  | 'given'
  | 'superseded'
  | 'previewed'
  | 'refused'
  | 'failed';

export interface PushedFile {
  readonly file: string;
  readonly pins: number;
  /** Digest of the generated content. */
  readonly digest: string;
  readonly changed: boolean;
}

export interface PushRecord {
  readonly run: string;
  readonly result: PushResult;
  readonly branch: string;
  readonly remote: string;
  /** Tip found before the push, null when the branch did not exist. */
  readonly oldCommit: string | null;
  /** The commit that holds the constraints legs build from; null when there is none (a preview of a new branch). */
  readonly newCommit: string | null;
  /** How often it was tried, races included. */
  readonly attempts: number;
  readonly files: readonly PushedFile[];
  /** Files that were or would be taken off the branch. */
  readonly removed?: readonly string[];
  /** The tag that names `newCommit`, when one was asked for. */
  readonly tag?: string;
  readonly reasons: readonly string[];
  /** The commit message that was or would be used. */
  readonly message?: string;
}
