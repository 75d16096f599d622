/** What one attempt would write: our files against the branch as it is now. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printedOids, type Repository, type TreeEntry } from '@nx-ci-cache/git';
import { samePins, wrongLines, type Files } from '../content/content';
import { withTrailers, type Source } from '../content/trailers';
import { readBlobs } from '../observation/contents';
import { publishedSources, type Provenance } from '../observation/provenance';
import type { BranchState } from '../observation/read-branch';
import { plainFiles, removableFiles } from '../observation/tree';

/** Object id by file name. */
export type Blobs = Readonly<Record<string, string>>;

/** What this run wants the branch to hold. */
export interface Wish {
  readonly files: Files;
  /** The same files as stored in the repository. */
  readonly blobs: Blobs;
  /** Files to take away where they are there. */
  readonly remove: readonly string[];
  readonly message: string;
  readonly source: Source;
  /** Further trailers. */
  readonly trailers: Readonly<Record<string, string>>;
}

/** What an attempt would write. */
export interface Draft {
  /** Our files that say something else than the branch. */
  readonly changed: Blobs;
  /** Files of the branch that go. */
  readonly removed: readonly string[];
  readonly message: string;
}

/** @throws CiCacheError `PushRefused` when a link, a folder or an executable bears one of the names. */
export const makeDraft = async (repository: Repository, wish: Wish, state: BranchState): Promise<Draft> => {
  const removed = removableFiles(state.entries, wish.remove);
  const { source, message, trailers: extra } = wish;
  const files = Object.keys(wish.files);
  const others = otherSources(state.entries, state.provenance, [...files, ...removed]);
  return {
    changed: await changedBlobs(repository, state.entries, wish),
    removed,
    message: withTrailers(message, { source, files, others, removed, extra }),
  };
};

/** Stores the files' content; git prints one object id for each path, in order. */
export const storeFiles = async ({ folder, git }: Repository, files: Files): Promise<Blobs> => {
  const names = Object.keys(files);
  const outbox = join(folder, 'outbox');
  await mkdir(outbox);
  await Promise.all(names.map((name) => writeFile(join(outbox, name), files[name] ?? '')));
  const stored = await git(['hash-object', '-w', '--no-filters', '--', ...names.map((name) => join(outbox, name))]);
  const oids = printedOids('hash-object', stored, names.length);
  return Object.fromEntries(names.map((name, at) => [name, oids[at] ?? '']));
};

/** The part of ours that says something else than the branch; where only sound comments differ the published bytes stay. */
const changedBlobs = async (
  repository: Repository,
  entries: readonly TreeEntry[],
  { files, blobs }: Wish,
): Promise<Blobs> => {
  const published = plainFiles(entries, Object.keys(files));
  const texts = await readBlobs(
    repository,
    pick(published, (file) => published[file] !== blobs[file]),
  );
  return pick(blobs, (file) => {
    if (published[file] === undefined) return true;
    const text = texts[file];
    return text !== undefined && (wrongLines(text).length > 0 || !samePins(text, files[file] ?? ''));
  });
};

/** Sources of the constraint files on the branch that this run does not name. */
const otherSources = (
  entries: readonly TreeEntry[],
  provenance: Provenance,
  ours: readonly string[],
): Readonly<Record<string, readonly Source[]>> =>
  Object.fromEntries(
    entries.flatMap(({ path: name, mode }) => {
      const constraint = mode === '100644' && /^[A-Za-z0-9][A-Za-z0-9._-]*\.txt$/.test(name);
      if (!constraint || ours.includes(name)) return [];
      const sources = publishedSources(provenance, name);
      return sources.length > 0 ? [[name, sources]] : [];
    }),
  );

const pick = (blobs: Blobs, keep: (file: string) => boolean): Blobs =>
  Object.fromEntries(Object.entries(blobs).filter(([file]) => keep(file)));
