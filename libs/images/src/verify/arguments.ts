/** The argv of a build that leaves nothing: what it finds in the leg's own cache is all that is asked. */
import type { LegSpec } from '@nx-ci-cache/config';
import { cacheFrom, commonArguments, targetArguments, type BuildPlace } from '../leg/arguments';

export const cachedArguments = (spec: LegSpec, place: BuildPlace): string[] => [
  ...[...commonArguments(spec, place), ...targetArguments(spec)],
  ...['--output', 'type=cacheonly', ...cacheFrom(spec.cacheRef), place.staged.context],
];
