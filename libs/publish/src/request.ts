/** What is asked of a publication, and the check of all of it before git runs for the first time. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { PushedFile, PushResult } from '@nx-ci-cache/report';
import { checkBranch } from './branch';
import { checkOid } from './commit-files';
import { checkFiles, type Files } from './content';
import { checkRemote } from './remote';
import { invisible } from './text';
import type { Source } from './trailers';

/** Points a test can inject a fault at; each is announced before it is done, in every attempt. */
export type PublishStep = 'observe' | 'fetch' | 'compare' | 'commit' | 'push' | 'settle';

export interface PublishRequest {
  /** URL from `remoteUrl`. */
  readonly remote: string;
  readonly branch: string;
  /** Text by name of a file at the branch's root. Files of the branch that are not named stay as they are. */
  readonly files: Files;
  /** Subject and body; the trailers `Source-Commit` and `Cut-Off` are added. */
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly source: Source;
  /** The checkout, read only to prove how two source commits are related. */
  readonly workspaceRoot: string;
  /** Why nothing may be written; the outcome is then `previewed` with the values a push would use. */
  readonly previewReason?: string;
  /** Milliseconds until no further attempt is made. Default: 120 000. */
  readonly deadlineMs?: number;
  /** Where credentials, proxies and certificates come from. Default: this process. */
  readonly environment?: NodeJS.ProcessEnv;
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
  readonly reasons: readonly string[];
  /** The commit message that was or would be used. */
  readonly message: string;
}

/** @throws CiCacheError `OptionInvalid` for the first value that may not be used. */
export const checkRequest = (request: PublishRequest): void => {
  checkRemote(request.remote, { file: 'request', key: 'remote' });
  checkBranch(request.branch);
  checkFiles(request.files);
  checkOid(request.source.commit);
  const { author, message, source } = request;
  if (!/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(source.cutoff) || Number.isNaN(Date.parse(source.cutoff))) {
    throw wrong('source.cutoff', source.cutoff, 'an instant in UTC such as 2026-05-01T00:00:00Z');
  }
  for (const [key, text] of Object.entries(author)) {
    if (text.trim() === '' || /[<>]/.test(text) || invisible.test(text))
      throw wrong(`author.${key}`, text, 'one line without < and >');
  }
  const lines = message.split('\n');
  if (lines[0]?.trim() === '' || lines.some((line) => invisible.test(line))) {
    throw wrong('message', message, 'a subject line, then any lines without control characters');
  }
};

const wrong = (key: string, value: string, allowed: string) =>
  new CiCacheError('OptionInvalid', `push: ${key} = ${JSON.stringify(value)}\n  allowed: ${allowed}`, {
    remedy: `Correct ${key}.`,
    data: { key },
  });
