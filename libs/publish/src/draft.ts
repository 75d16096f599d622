/** What one attempt would write: our files against the branch as it is now. */
import { join } from 'node:path';
import { mkdir, writeFile } from 'node:fs/promises';
import { digestOf } from '@nx-ci-cache/process';
import type { PushedFile } from '@nx-ci-cache/report';
import { pinsIn, samePins, type Files } from './content';
import { readBlobs } from './contents';
import type { Publication } from './publication';
import type { BranchState } from './read-branch';
import type { Repository } from './repository';
import { sourceOf, withTrailers, type Source, type Trailers } from './trailers';
import { plainFiles, type TreeEntry } from './tree';

/** Object id by file name. */
export type Blobs = Readonly<Record<string, string>>;

/** What an attempt would write. */
export interface Draft {
  /** Our files that say something else than the branch. */
  readonly changed: Blobs;
  readonly message: string;
}

export const makeDraft = async (
  { request: { files, message, source }, repository, blobs }: Publication,
  { entries, trailers }: BranchState,
): Promise<Draft> => ({
  changed: await changedBlobs(repository, entries, files, blobs),
  message: withTrailers(message, source, otherSources(entries, trailers, files)),
});

/** Stores the files' content; git prints one object id for each path, in order. */
export const storeFiles = async ({ folder, git }: Repository, files: Files): Promise<Blobs> => {
  const names = Object.keys(files);
  const outbox = join(folder, 'outbox');
  await mkdir(outbox);
  await Promise.all(names.map((name) => writeFile(join(outbox, name), files[name] ?? '')));
  const oids = await git(['hash-object', '-w', '--no-filters', '--', ...names.map((name) => join(outbox, name))]);
  return Object.fromEntries(
    oids
      .trim()
      .split('\n')
      .map((oid, at) => [names[at] ?? '', oid]),
  );
};

/** The part of `ours` that says something else than the branch; where only comments differ the published bytes stay. */
const changedBlobs = async (
  repository: Repository,
  entries: readonly TreeEntry[],
  files: Files,
  ours: Blobs,
): Promise<Blobs> => {
  const published = plainFiles(entries, Object.keys(files));
  const other = pick(published, (file) => published[file] !== ours[file]);
  const texts = await readBlobs(repository, other);
  return pick(ours, (file) => {
    if (published[file] === undefined) return true;
    const text = texts[file];
    return text !== undefined && !samePins(text, files[file] ?? '');
  });
};

export const pushedFiles = (files: Files, changed: Blobs): PushedFile[] =>
  Object.entries(files).map(([file, text]) => ({
    file,
    pins: pinsIn(text).length,
    digest: digestOf(text),
    changed: changed[file] !== undefined,
  }));

/** Sources of the constraint files on the branch that this run does not name. */
const otherSources = (
  entries: readonly TreeEntry[],
  trailers: Trailers,
  files: Files,
): Readonly<Record<string, Source>> =>
  Object.fromEntries(
    entries.flatMap(({ name, mode }) => {
      const source = sourceOf(trailers, name);
      const constraint = mode === '100644' && /^[A-Za-z0-9][A-Za-z0-9._-]*\.txt$/.test(name);
      return source !== undefined && constraint && files[name] === undefined ? [[name, source]] : [];
    }),
  );

const pick = (blobs: Blobs, keep: (file: string) => boolean): Blobs =>
  Object.fromEntries(Object.entries(blobs).filter(([file]) => keep(file)));
