/** A build is made from the commit: local edits would silently not be in it, so they are named and refused. */
import { join, posix } from 'node:path';
import { checkout, editedPaths } from '@nx-ci-cache/git';
import { refuseEdited } from './edited';
import { isContent } from './lfs';
import type { ContextPart } from './parts';
import { gitOf, type Source } from './source';
import type { ContextFiles, SourceContext, SourcePlaces } from './source-context';

/** Paths, relative to the workspace, of context files and Dockerfile that differ from the commit. */
export const dirtyPaths = async (source: Source, places: SourcePlaces, read: SourceContext) => {
  const dockerfile = posix.normalize(places.dockerfile);
  const contexts = [read, ...Object.values(read.named)];
  const { workspaceRoot, commit } = source;
  const named = new Set([...contexts.flatMap(({ readFrom }) => readFrom), dockerfile, `${dockerfile}.dockerignore`]);
  const paths = await editedPaths(checkout(workspaceRoot), commit, [
    ...contexts.map(({ folder }) => folder || '.'),
    ...named,
  ]);
  const inSubmodules = await Promise.all(
    contexts.flatMap(({ folder, parts }) => parts.map((part) => editedIn(part, folder))),
  );
  const edited = [...new Set([...paths, ...inSubmodules.flat()])].filter(
    (path) => named.has(path) || contexts.some((context) => isInContext(path, context)),
  );
  return edited.length === 0 ? edited : withoutFetched(edited, source, contexts);
};

/** Of a submodule that is checked out, relative to the workspace. Another commit there is an edit where its files differ. */
const editedIn = async ({ source, at }: ContextPart, folder: string): Promise<readonly string[]> => {
  if (at === '' || source.isBare) return [];
  const paths = await editedPaths(gitOf(source), source.commit, ['.']);
  return paths.map((path) => posix.join(folder, at, path));
};

/** Without the filter of Git LFS, which is not run here, git takes what a pointer names for an edit of the pointer. */
const withoutFetched = async (
  edited: readonly string[],
  { workspaceRoot }: Source,
  contexts: readonly ContextFiles[],
) => {
  const contents = new Map(
    contexts.flatMap(({ files, folder }) =>
      files.flatMap(({ path, lfs }) => (lfs ? [[posix.join(folder, path), lfs] as const] : [])),
    ),
  );
  const isEdit = await Promise.all(
    edited.map(async (path) => {
      const content = contents.get(path);
      return content === undefined || !(await isContent(join(workspaceRoot, path), content));
    }),
  );
  return edited.filter((_path, at) => isEdit[at]);
};

/** @throws CiCacheError `OptionInvalid` naming the paths. */
export const refuseDirty = async (source: Source, places: SourcePlaces, context: SourceContext): Promise<void> =>
  refuseEdited(
    'files of the image',
    await dirtyPaths(source, places, context),
    'Commit them first, or exclude them in .dockerignore.',
  );

const isInContext = (path: string, { folder, includes }: ContextFiles) => {
  if (/^(dist|\.nx)\//.test(path)) return false;
  const inContext = posix.relative(folder, path);
  return inContext === '.dockerignore' || (!inContext.startsWith('../') && includes(inContext));
};
