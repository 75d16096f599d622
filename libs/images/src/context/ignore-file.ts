/** Which ignore file a context goes by: the Dockerfile's own one before that of the folder. */
import { posix } from 'node:path';
import { committedFile, type CommittedFile } from './committed-file';
import { contextFilter, everything, type ContextFilter } from './ignore';
import type { Source } from './source';

/**
 * Undefined where there is none.
 * @param folder and `dockerfile` relative to the workspace; a named context has no Dockerfile.
 * @throws CiCacheError `OptionInvalid` for a link that leads out of its folder.
 */
export const ignoreFileOf = async (
  source: Source,
  folder: string,
  dockerfile?: string,
): Promise<CommittedFile | undefined> => {
  const at = (path: string) => committedFile(source, path, { stays: true });
  const own = dockerfile === undefined ? undefined : await at(`${posix.normalize(dockerfile)}.dockerignore`);
  return own ?? at(posix.join(folder, '.dockerignore'));
};

/** @throws CiCacheError `OptionInvalid` for an unclear pattern. */
export const filterOf = (ignore: CommittedFile | undefined): ContextFilter =>
  ignore === undefined ? everything : contextFilter(ignore.path, ignore.text);
