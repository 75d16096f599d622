/** All guards, in the order in which their refusals are read. */
import { directRequirements } from './direct';
import { noDowngrades } from './downgrade';
import { noLocalVersions, onlyPins, uniqueNames } from './form';
import type { Guard } from './guard';
import { resolvesToItself } from './itself';
import { noUnaskedPrereleases } from './prerelease';
import { noOwnPackages } from './own';
import { enoughPins, noShrinking } from './size';
import { wheelsEverywhere } from './wheels';

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
  wheelsEverywhere,
  resolvesToItself,
];
