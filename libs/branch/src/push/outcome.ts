/** Writes down how an attempt ended. */
import { digestOf } from '@nx-ci-cache/process';
import type { PushedFile } from '@nx-ci-cache/records';
import type { Blobs, Draft } from '../commit/draft';
import { pinsIn, type Files } from '../content/content';
import type { Ending } from './decide';
import type { Publication } from './publication';
import type { PublishOutcome } from './request';

export const outcomeOf = (
  { request, attempt }: Publication,
  tip: string | null,
  { changed, removed, message }: Draft,
  { result, commit, reasons }: Ending,
): PublishOutcome => ({
  result,
  oldCommit: tip,
  newCommit: commit,
  attempts: attempt,
  files: pushedFiles(request.files, result === 'superseded' ? {} : changed),
  removed: result === 'superseded' ? [] : removed,
  reasons,
  message,
});

const pushedFiles = (files: Files, changed: Blobs): PushedFile[] =>
  Object.entries(files).map(([file, text]) => ({
    file,
    pins: pinsIn(text).length,
    digest: digestOf(text),
    changed: changed[file] !== undefined,
  }));
