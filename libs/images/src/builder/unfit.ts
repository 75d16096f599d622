/** The one maker of builder errors. */
import { CiCacheError } from '@nx-ci-cache/process';

/** `BuilderUnfit`: the builder cannot build what is asked of it. */
export const builderUnfit = (
  message: string,
  remedy: string,
  data: Readonly<Record<string, unknown>>,
  cause?: unknown,
): CiCacheError => new CiCacheError('BuilderUnfit', message, { remedy, data, cause });
