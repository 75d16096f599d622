/** Paths of key files: git hands some of them to a shell, so every character is allow-listed. */
import { invalid, type Place } from '@nx-ci-cache/config';

const allowedPath = /^\/[A-Za-z0-9._@+=,/-]{1,400}$/;

/**
 * `path` itself.
 * @throws CiCacheError `OptionInvalid` that does not show the value: it may be a key somebody gave in place of its path.
 */
export const checkKeyFile = (path: string, place: Place): string => {
  if (allowedPath.test(path)) return path;
  throw invalid(
    place,
    '(not shown)',
    'the absolute path of a file, of letters, digits and . _ @ + = , / - only; never a key itself',
  );
};
