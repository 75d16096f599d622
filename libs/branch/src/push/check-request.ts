/** The check of everything that is asked, before git runs for the first time. */
import { checkOid, sshCommand } from '@nx-ci-cache/git';
import { CiCacheError, invisible } from '@nx-ci-cache/process';
import { checkFileName, checkFiles } from '../content/content';
import { isInstant } from '../content/instant';
import { ownTrailers } from '../content/trailers';
import { checkBranch } from '../remote/branch';
import { checkKeyFile } from '../remote/key-file';
import { checkRemote } from '../remote/remote';
import { checkTag } from '../remote/tag';
import type { PublishRequest } from './request';

/** @throws CiCacheError `OptionInvalid` for the first value that may not be used. */
export const checkRequest = (request: PublishRequest): void => {
  checkRemote(request.remote, { file: 'request', key: 'remote' });
  checkBranch(request.branch);
  checkFiles(request.files);
  checkRemoved(request);
  checkOid(request.source.commit);
  checkCutoff(request.source.cutoff);
  checkAuthor(request.author);
  checkMessage(request.message);
  checkTrailers(request.trailers ?? {});
  if (request.tag !== undefined) checkTag(request.tag);
  if (request.signingKey !== undefined) checkKeyFile(request.signingKey, { file: 'request', key: 'signingKey' });
  sshCommand(request.ssh);
};

const checkRemoved = ({ files, remove = [] }: PublishRequest): void => {
  remove.forEach(checkFileName);
  const both = remove.find((name) => Object.hasOwn(files, name));
  if (both !== undefined) throw wrong('remove', both, 'names of files that are not published by the same request');
};

const checkCutoff = (cutoff: string): void => {
  if (isInstant(cutoff)) return;
  throw wrong('source.cutoff', cutoff, 'an instant in UTC such as 2026-05-01T00:00:00Z');
};

const checkAuthor = (author: PublishRequest['author']): void => {
  for (const [key, text] of Object.entries(author)) {
    if (text.trim() !== '' && !/[<>]/.test(text) && !invisible.test(text)) continue;
    throw wrong(`author.${key}`, text, 'one line without < and >');
  }
};

const checkMessage = (message: string): void => {
  const lines = message.split('\n');
  if (lines[0]?.trim() !== '' && !lines.some((line) => invisible.test(line))) return;
  throw wrong('message', message, 'a subject line, then any lines without control characters');
};

const checkTrailers = (trailers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(trailers)) {
    if (!/^[A-Z][A-Za-z-]{0,40}$/.test(name) || ownTrailers.includes(name))
      throw wrong('trailers', name, `names of letters and dashes, other than ${ownTrailers.join(', ')}`);
    if (value.trim() === '' || invisible.test(value))
      throw wrong(`trailers.${name}`, value, 'one line without control characters');
  }
};

const wrong = (key: string, value: string, allowed: string) =>
  new CiCacheError('OptionInvalid', `push: ${key} = ${JSON.stringify(value)}\n  allowed: ${allowed}`, {
    remedy: `Correct ${key}.`,
    data: { key },
  });
