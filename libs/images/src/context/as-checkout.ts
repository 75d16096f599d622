/** What a checkout makes of the context's files: most are as the commit has them, some are converted, some lie in Git LFS. */
import { posix } from 'node:path';
import {
  contentOf,
  eachObject,
  entriesAt,
  prefixOf,
  withCommitFiles,
  type FileAttributes,
  type TreeEntry,
} from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { checkFetched, lfsStore, parsePointer, pointerBytes, type LfsContent } from './lfs';
import { gitOf, type Source } from './source';

export interface ContextFile extends TreeEntry {
  /** Only where a checkout may write other bytes than the commit has. */
  readonly attributes?: FileAttributes;
  /** Only for a pointer: what is written in its place. */
  readonly lfs?: LfsContent;
}

/**
 * The included files with what becomes of them.
 * @param all every file of the context: attributes count although `.dockerignore` keeps them out of it.
 * @throws CiCacheError `OptionInvalid`: a filter that is not Git LFS, content that was not fetched.
 */
export const asCheckedOut = async (
  source: Source,
  context: string,
  all: readonly TreeEntry[],
  files: readonly TreeEntry[],
): Promise<readonly ContextFile[]> => {
  const git = gitOf(source);
  const folder = posix.join(await prefixOf(git), context, '.');
  if (!all.some(isAttributes) && !(await hasAttributesAbove(source, context, folder))) return files;
  const convertible = files.filter(({ mode }) => mode.startsWith('100'));
  const attributes = await withCommitFiles(git, source.commit, ({ attributesOf }) =>
    attributesOf(convertible.map(({ path }) => posix.join(folder, path))),
  );
  const converted = new Map(
    convertible.flatMap((file, at): [string, ContextFile][] =>
      isConverted(attributes[at] ?? {}) ? [[file.path, { ...file, attributes: attributes[at] ?? {} }]] : [],
    ),
  );
  for (const { path, attributes: { filter } = {} } of converted.values())
    if (isNamed(filter) && filter !== 'lfs') throw filterUnknown(path, filter);
  for (const file of await withContent(source, [...converted.values()])) converted.set(file.path, file);
  return files.map((file) => converted.get(file.path) ?? file);
};

const isAttributes = ({ path }: TreeEntry): boolean => posix.basename(path) === '.gitattributes';

/** @param folder of the context, from the top of the repository. */
const hasAttributesAbove = async (source: Source, context: string, folder: string): Promise<boolean> => {
  const levels = folder === '.' ? 0 : folder.split('/').length;
  if (levels === 0) return false;
  const above = Array.from({ length: levels }, (_, up) => posix.join(context, '../'.repeat(up + 1), '.gitattributes'));
  return (await entriesAt(gitOf(source), source.commit, above)).length > 0;
};

/** `set` and `unset` name nothing, and git goes by neither. */
const isNamed = (value: string | undefined): value is string => !['set', 'unset', undefined].includes(value);

/** Whether a checkout may write other bytes than the commit has; on this system it leaves line feeds as they are. */
const isConverted = ({ text, eol, ident, filter, 'working-tree-encoding': encoding }: FileAttributes): boolean =>
  (eol === 'crlf' && text !== 'unset') || ident === 'set' || isNamed(encoding) || isNamed(filter);

/** Those that are pointers, with the content they name. */
const withContent = async (source: Source, files: readonly ContextFile[]): Promise<readonly ContextFile[]> => {
  const filtered = files.filter(({ attributes }) => attributes?.filter === 'lfs');
  const found: ContextFile[] = [];
  const each = filtered.values();
  await eachObject(
    gitOf(source),
    filtered.map(({ oid }) => oid),
    async (object) => {
      // One object for each file, in their order.
      const file = each.next().value as ContextFile;
      if (object.size > pointerBytes) return;
      const lfs = parsePointer(file.path, (await contentOf(object)).toString('utf8'));
      if (lfs !== undefined) found.push({ ...file, lfs });
    },
  );
  if (found.length === 0) return found;
  const store = await lfsStore(source);
  for (const { path, lfs } of found) if (lfs !== undefined) await checkFetched(store, path, lfs);
  return found;
};

const filterUnknown = (path: string, filter: string) =>
  new CiCacheError('OptionInvalid', `${path} is checked out through the filter "${filter}", which is not run here`, {
    remedy: `Exclude ${path} in .dockerignore, or commit it without filter=${filter} in .gitattributes.`,
    data: { path, filter },
  });
