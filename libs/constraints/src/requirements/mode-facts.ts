/** The part of a cell's facts that its mode decides: everything ci-cache.json names, as text. */
import type { CellFacts } from '@nx-ci-cache/records';
import { wheelName } from '../inputs/wheel';
import { ownPackages } from './own-packages';
import { readRequirements } from './read';
import { checkRequirement } from './requirement';
import { modePlace, type ModeSource } from './source-file';
import { readTexts } from './texts';
import { readWheels } from './wheels';

export type ModeFacts = Pick<
  CellFacts,
  | 'requirements'
  | 'constraints'
  | 'overrides'
  | 'excludes'
  | 'buildConstraints'
  | 'limits'
  | 'ownPackages'
  | 'resolution'
  | 'prerelease'
  | 'prereleasePackages'
  | 'wheels'
>;

/**
 * @param found names of the workspace's own distributions.
 * @throws CiCacheError `OptionInvalid` for the first file that is missing or ill-formed.
 */
export const readModeFacts = async (source: ModeSource, found: readonly string[]): Promise<ModeFacts> => {
  const { resolving = {} } = source.mode;
  const { constraints, overrides, excludes, buildConstraints, limits } = resolving;
  const { resolution, prerelease, prereleasePackages } = resolving;
  limits?.forEach(({ bound }, at) => checkRequirement(bound, modePlace(source, `limits[${at}].bound`)));
  const wheels = await readWheels(source);
  // A member not yet released is on no index: consumers could not install its pin.
  const made = [...new Set([...found, ...wheels.map(wheelName)])].sort();
  const own = ownPackages(made, resolving.ownPackages);
  return {
    requirements: await readRequirements(source),
    ...(isSaid(constraints) && { constraints: await readTexts(constraints, 'constraints', source) }),
    ...(isSaid(overrides) && { overrides: await readTexts(overrides, 'overrides', source) }),
    ...(isSaid(excludes) && { excludes }),
    ...(isSaid(buildConstraints) && {
      buildConstraints: await readTexts(buildConstraints, 'buildConstraints', source),
    }),
    ...(isSaid(limits) && { limits }),
    ...(own.length > 0 && { ownPackages: own }),
    ...(resolution !== 'highest' && isSaid(resolution) && { resolution }),
    ...(prerelease && { prerelease }),
    ...(isSaid(prereleasePackages) && { prereleasePackages }),
    ...(wheels.length > 0 && { wheels }),
  };
};

/** A default that is spelled out, or a list of nothing, makes no other cell. */
const isSaid = <Value extends object | string>(value: Value | undefined): value is Value =>
  value !== undefined && Object.keys(value).length > 0;
