/** What is asked of a publication and what becomes of it. */
import type { SshFiles } from '@nx-ci-cache/git';
import type { Denial, Grant, PushedFile, PushResult } from '@nx-ci-cache/records';
import type { Files } from '../content/content';
import type { Source } from '../content/trailers';

/** Points a test can inject a fault at; each is announced before it is done, in every attempt. */
export type PublishStep = 'observe' | 'fetch' | 'compare' | 'commit' | 'push' | 'settle' | 'tag';

export interface PublishRequest {
  /** URL from `remoteUrl`. */
  readonly remote: string;
  readonly branch: string;
  /** Text by name of a file at the branch's root. Files of the branch that are not named stay as they are. */
  readonly files: Files;
  /** Names at the branch's root that shall not be there. Default: none. */
  readonly remove?: readonly string[];
  /** Subject and body; the trailers are added. */
  readonly message: string;
  /** Trailers beside `Source-Commit` and `Cut-Off`, one line each. Default: none. */
  readonly trailers?: Readonly<Record<string, string>>;
  readonly author: { readonly name: string; readonly email: string };
  readonly source: Source;
  /** The checkout, read only to prove how two source commits are related. */
  readonly workspaceRoot: string;
  /** Denied, nothing is written; the outcome is then `previewed` with the values a push would use. */
  readonly permission: Grant<'constraints'> | Denial;
  /** Absolute path of the ssh key that signs the commit. Default: the commit is not signed. */
  readonly signingKey?: string;
  /** Tag, `constraints-X.Y.Z`, to set on the commit that holds the files; a tag that is there is never moved. */
  readonly tag?: string;
  /** Milliseconds until no further attempt is made. Default: 120 000. */
  readonly deadlineMs?: number;
  /** Where credentials, proxies and certificates come from. Default: this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Key and host keys for an ssh remote. Default: the agent's or the user's own. */
  readonly ssh?: SshFiles;
  readonly signal?: AbortSignal;
  /** Called and awaited before each step. */
  readonly on?: (step: PublishStep, attempt: number) => Promise<void> | void;
}

/** The fields of `PushRecord` that publishing decides. */
export interface PublishOutcome {
  readonly result: PushResult;
  /** Tip the last attempt found, null when the branch did not exist. */
  readonly oldCommit: string | null;
  /** The commit that holds the constraints now, null when there is none. */
  readonly newCommit: string | null;
  readonly attempts: number;
  readonly files: readonly PushedFile[];
  /** Files that were or would be taken off the branch. */
  readonly removed: readonly string[];
  /** The tag that names `newCommit`, when one was asked for and is there. */
  readonly tag?: string;
  readonly reasons: readonly string[];
  /** The commit message that was or would be used. */
  readonly message: string;
}
