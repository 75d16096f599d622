/** A build is made from the commit: local edits would silently not be in it, so they are named and refused. */
import { posix } from 'node:path';
import { CiCacheError } from '@nx-ci-cache/process';
import { git, type Source } from './git';
import type { SourceContext, SourcePlaces } from './source-context';

/** Paths, relative to the workspace, of context files and Dockerfile that differ from the commit. */
export const dirtyPaths = async (source: Source, places: SourcePlaces, { includes }: SourceContext) => {
  const dockerfile = posix.normalize(places.dockerfile);
  const context = posix.normalize(places.context);
  const paths = ['--', context, dockerfile, `${dockerfile}.dockerignore`];
  const [changed, untracked] = await Promise.all([
    git(source.workspaceRoot, [...compare, source.commit, ...paths]),
    git(source.workspaceRoot, ['ls-files', '--others', '--exclude-standard', '-z', ...paths]),
  ]);
  const found = new Set([...changed.split('\0'), ...untracked.split('\0')].filter((path) => path !== ''));
  return [...found].filter((path) => isInput(path, context, dockerfile, includes)).sort();
};

/** @throws CiCacheError `OptionInvalid` naming the paths. */
export const refuseDirty = async (source: Source, places: SourcePlaces, context: SourceContext): Promise<void> => {
  const paths = await dirtyPaths(source, places, context);
  if (paths.length === 0) return;
  const shown = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ` and ${paths.length - 5} more` : '');
  throw new CiCacheError('OptionInvalid', `files of the image differ from the commit: ${shown}`, {
    remedy: 'Commit them first, or exclude them in .dockerignore.',
    data: { paths },
  });
};

const compare = ['diff', '--no-ext-diff', '--no-textconv', '--no-renames', '--name-only', '--relative', '-z'];

const isInput = (path: string, context: string, dockerfile: string, includes: (path: string) => boolean) => {
  if (path.startsWith('dist/')) return false;
  const inContext = context === '.' ? path : posix.relative(context, path);
  if (path === dockerfile || path === `${dockerfile}.dockerignore` || inContext === '.dockerignore') return true;
  return !inContext.startsWith('../') && includes(inContext);
};
