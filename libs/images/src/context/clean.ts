/** A build is made from the commit: local edits would silently not be in it, so they are named and refused. */
import { posix } from 'node:path';
import { checkout, editedPaths } from '@nx-ci-cache/git';
import { refuseEdited } from './edited';
import type { Source } from './source';
import type { SourceContext, SourcePlaces } from './source-context';

/** Paths, relative to the workspace, of context files and Dockerfile that differ from the commit. */
export const dirtyPaths = async (source: Source, places: SourcePlaces, { includes }: SourceContext) => {
  const dockerfile = posix.normalize(places.dockerfile);
  const context = posix.normalize(places.context);
  const { workspaceRoot, commit } = source;
  const candidates = [context, dockerfile, `${dockerfile}.dockerignore`];
  const paths = await editedPaths(checkout(workspaceRoot), commit, candidates);
  return paths.filter((path) => isInput(path, context, dockerfile, includes));
};

/** @throws CiCacheError `OptionInvalid` naming the paths. */
export const refuseDirty = async (source: Source, places: SourcePlaces, context: SourceContext): Promise<void> =>
  refuseEdited(
    'files of the image',
    await dirtyPaths(source, places, context),
    'Commit them first, or exclude them in .dockerignore.',
  );

const isInput = (path: string, context: string, dockerfile: string, includes: (path: string) => boolean) => {
  if (path.startsWith('dist/')) return false;
  const inContext = context === '.' ? path : posix.relative(context, path);
  if (path === dockerfile || path === `${dockerfile}.dockerignore` || inContext === '.dockerignore') return true;
  return !inContext.startsWith('../') && includes(inContext);
};
