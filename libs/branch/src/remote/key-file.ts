/** Paths of key files as somebody wrote them. */
import { invalid, type Place } from '@nx-ci-cache/config';
import { isKeyFile, keyFileForm } from '@nx-ci-cache/git';

/**
 * `path` itself.
 * @throws CiCacheError `OptionInvalid` that does not show the value: it may be a key somebody gave in place of its path.
 */
export const checkKeyFile = (path: string, place: Place): string => {
  if (isKeyFile(path)) return path;
  throw invalid(place, '(not shown)', keyFileForm);
};
