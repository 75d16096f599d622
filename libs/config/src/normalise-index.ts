/** The package indexes and the cut-off's pace, as people write them → with their defaults. */
import type { CiCacheJson } from './ci-cache.schema';
import type { IndexConfig } from '@nx-ci-cache/records';
import { durationSeconds } from './duration';

const defaults = { settle: '1h', window: '24h' };

export const normaliseIndex = ({
  settle = defaults.settle,
  window = defaults.window,
  ...rest
}: NonNullable<CiCacheJson['index']> = {}): IndexConfig => ({
  ...rest,
  settleSeconds: durationSeconds(settle),
  windowSeconds: durationSeconds(window),
});
