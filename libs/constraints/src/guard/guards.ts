/** All guards, in the order in which their refusals are read. */
import { directRequirements } from './direct';
import { noDowngrades } from './downgrade';
import { noLocalVersions, onlyPins, uniqueNames } from './form';
import type { Guard } from './guard';
import { resolvesToItself } from './itself';
import { noUnaskedPrereleases } from './prerelease';
import { noOwnPackages } from './own';
import { enoughPins, noShrinking } from './size';

export const guards: readonly Guard[] = [
  onlyPins,
  uniqueNames,
  noOwnPackages,
  noLocalVersions,
  enoughPins,
  noShrinking,
  directRequirements,
  noUnaskedPrereleases,
  noDowngrades,
  resolvesToItself,
];
