/** One mode as people write it → its requirements, its Pythons, and how it is resolved. */
import type { CiCacheJson } from './ci-cache.schema';
import type { Mode } from '@nx-ci-cache/records';

type ModeJson = CiCacheJson['constraints']['modes'][string];

export const normaliseMode = (
  name: string,
  {
    requirements = [],
    image,
    lock,
    extras = [],
    groups = [],
    allowSdist = [],
    pythons,
    perPlatform,
    ...resolving
  }: ModeJson,
): Mode => ({
  name,
  requirements,
  allowSdist,
  ...(image === undefined ? {} : { image }),
  ...(lock === undefined ? {} : { lock: { path: lock, extras, groups } }),
  ...(pythons === undefined ? {} : { pythons }),
  ...(perPlatform === true ? { perPlatform } : {}),
  ...(Object.keys(resolving).length === 0 ? {} : { resolving }),
});
