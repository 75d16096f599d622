/** The part of a cell's facts that its mode decides: everything ci-cache.json names, as text. */
import type { CellFacts, WheelFact } from '@nx-ci-cache/records';
import { wheelName } from '../inputs/wheel';
import { readInputs } from './inputs';
import { ownPackages } from './own-packages';
import { checkRequirement } from './requirement';
import { modePlace, type ModeSource } from './source-file';
import { filesOnDisk, recorded } from './source-files';
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

export interface ReadMode {
  readonly facts: ModeFacts;
  /** Files that were read for it, relative to the workspace; one of them may be missing. */
  readonly files: readonly string[];
  /** What is not followed, for people. */
  readonly notes: readonly string[];
}

/**
 * @param found names of the workspace's own distributions.
 * @throws CiCacheError `OptionInvalid` for the first file that is missing or ill-formed.
 */
export const readMode = async (
  { workspaceRoot, config, mode }: Omit<ModeSource, 'files'> & { readonly workspaceRoot: string },
  found: readonly string[],
): Promise<ReadMode> => {
  const files = recorded(filesOnDisk(workspaceRoot));
  const source = { files, config, mode };
  const { resolving = {} } = mode;
  const { limits, resolution, prerelease, prereleasePackages } = resolving;
  limits?.forEach(({ bound }, at) => checkRequirement(bound, modePlace(source, `limits[${at}].bound`)));
  const { requirements, constraints, overrides, buildConstraints, excludes, members, notes } = readInputs(source);
  const built = await readWheels(source, workspaceRoot);
  const isBuilt = (member: WheelFact) => built.some((wheel) => wheelName(wheel) === wheelName(member));
  const wheels = [...built, ...members.filter((member) => !isBuilt(member))];
  // A member not yet released is on no index: consumers could not install its pin.
  const made = [...new Set([...found, ...wheels.map(wheelName)])].sort();
  const own = ownPackages(made, resolving.ownPackages);
  const facts: ModeFacts = {
    requirements,
    ...(isSaid(constraints) && { constraints }),
    ...(isSaid(overrides) && { overrides }),
    ...(isSaid(excludes) && { excludes }),
    ...(isSaid(buildConstraints) && { buildConstraints }),
    ...(isSaid(limits) && { limits }),
    ...(own.length > 0 && { ownPackages: own }),
    ...(resolution !== 'highest' && isSaid(resolution) && { resolution }),
    ...(prerelease && { prerelease }),
    ...(isSaid(prereleasePackages) && { prereleasePackages }),
    ...(wheels.length > 0 && { wheels }),
  };
  return { facts, files: files.asked(), notes };
};

/** A default that is spelled out, or a list of nothing, makes no other cell. */
const isSaid = <Value extends object | string>(value: Value | undefined): value is Value =>
  value !== undefined && Object.keys(value).length > 0;
