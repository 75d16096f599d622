/** What the image is made from: files and Dockerfile of the source commit, known by their git object ids. */
import { posix } from 'node:path';
import { entriesAt, type TreeEntry } from '@nx-ci-cache/git';
import { CiCacheError, digestOf } from '@nx-ci-cache/process';
import type { ContextFile } from './as-checkout';
import { committedFile, type CommittedFile } from './committed-file';
import { readGitDir, type GitDir } from './git-dir';
import type { ContextFilter } from './ignore';
import { filterOf, ignoreFileOf } from './ignore-file';
import { contextParts, filesOfParts, type ContextPart } from './parts';
import { gitOf, type Source } from './source';

/** A folder of the commit as a build is given it. */
export interface ContextFiles {
  /** Digest over path, mode and object id of every file of the context, and over what a checkout converts it by. */
  readonly digest: string;
  readonly files: readonly ContextFile[];
  /** The same files by the repository that has them. */
  readonly parts: readonly ContextPart[];
  /** Folder of the context relative to the workspace; empty for the workspace itself. */
  readonly folder: string;
  /** Whether a path, relative to the context, belongs to it. */
  readonly includes: ContextFilter;
  /** Files outside and inside of the context that tell what is built, relative to the workspace. */
  readonly readFrom: readonly string[];
}

export interface SourceContext extends ContextFiles {
  /** The Dockerfile's text. */
  readonly dockerfile: string;
  /** Only where it is asked for. */
  readonly gitDir?: GitDir;
  /** Contexts besides this one, by name. */
  readonly named: Readonly<Record<string, ContextFiles>>;
}

/** Where a leg's sources are, relative to the workspace. */
export interface SourcePlaces {
  readonly context: string;
  readonly dockerfile: string;
  /** By name. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Whether the context has a `.git`. Default: false. */
  readonly gitDir?: boolean;
}

/**
 * Reads the context without a checkout, in milliseconds.
 * @throws CiCacheError `OptionInvalid`: not in the commit, a submodule that was not fetched, an unclear ignore pattern.
 */
export const readSourceContext = async (source: Source, places: SourcePlaces): Promise<SourceContext> => {
  const own = await committedDockerfile(source, places);
  const context = await readContextFiles(source, places.context, places.dockerfile);
  const named: Record<string, ContextFiles> = {};
  for (const [name, folder] of Object.entries(places.contexts ?? {}))
    named[name] = await readContextFiles(source, folder);
  const gitDir = places.gitDir ? await readGitDir(source, context.folder, context.includes) : undefined;
  return {
    ...{ ...context, readFrom: [...own.readFrom, ...context.readFrom], dockerfile: own.text, named },
    ...(gitDir === undefined ? {} : { gitDir }),
  };
};

/** @throws CiCacheError `OptionInvalid` */
export const committedDockerfile = async (
  source: Source,
  { dockerfile }: Pick<SourcePlaces, 'dockerfile'>,
): Promise<CommittedFile> => {
  const path = posix.normalize(dockerfile);
  const found = await committedFile(source, path);
  if (found === undefined) throw notInCommit('Dockerfile', path, source);
  return found;
};

/** @param dockerfile of the context that is the build's own. */
const readContextFiles = async (source: Source, folder: string, dockerfile?: string): Promise<ContextFiles> => {
  const context = folderOf(folder);
  await checkFolder(context, source);
  const ignore = await ignoreFileOf(source, context, dockerfile);
  const includes = filterOf(ignore);
  const parts = await contextParts(source, context, includes);
  const files = filesOfParts(parts);
  return { digest: contextDigest(files), files, parts, folder: context, includes, readFrom: ignore?.readFrom ?? [] };
};

/** Legs recorded with this digest stand in registries: its form stays. */
const contextDigest = (files: readonly ContextFile[]): string =>
  digestOf(
    files.map(({ mode, oid: objectId, path, attributes }) => ({
      ...{ mode, objectId, path },
      ...(attributes === undefined ? {} : { attributes }),
    })),
  );

/** As git names it; empty for the workspace itself. */
const folderOf = (context: string): string => posix.normalize(context).replace(/^\.?\/?$|\/$/, '');

/** Git's own words would name a path nobody wrote. @throws CiCacheError `OptionInvalid` */
const checkFolder = async (context: string, source: Source): Promise<void> => {
  if (context === '') return;
  const [entry] = await entriesAt(gitOf(source), source.commit, [context]);
  if (entry === undefined) throw notInCommit('context', context, source);
  if (entry.type === 'tree') return;
  throw new CiCacheError(
    'OptionInvalid',
    `the context ${context} is ${kindOf(entry)} and no folder of this repository`,
    {
      remedy: 'Name the folder itself in "context" or "contexts" of the image in ci-cache.json.',
      data: { path: context },
    },
  );
};

const kindOf = ({ mode, type }: TreeEntry): string =>
  type === 'commit' ? 'a submodule' : mode === '120000' ? 'a symbolic link' : 'a file';

const notInCommit = (what: string, path: string, { commit }: Source) =>
  new CiCacheError('OptionInvalid', `the ${what} ${path} is not in commit ${commit.slice(0, 12)}`, {
    remedy: `Commit ${path} first, or correct its path in ci-cache.json.`,
    data: { path, commit },
  });
