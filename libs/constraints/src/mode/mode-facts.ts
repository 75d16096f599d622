/** The part of a cell's facts that its mode decides: everything ci-cache.json names, as text. */
import { messageOf } from '@nx-ci-cache/process';
import type { CellFacts, WheelFact } from '@nx-ci-cache/records';
import { wheelName } from '../requirements/wheel';
import { lockedFacts } from '../locked/locked-fact';
import { readInputs, type ModeInputs } from '../requirements/inputs';
import { withoutLock } from '../requirements/lock-source';
import { ownPackages } from '../requirements/own-packages';
import { checkRequirement } from '../requirements/requirement';
import { modePlace, type ModeSource } from '../requirements/source-file';
import { filesOnDisk, recorded } from '../requirements/source-files';
import { readWheels } from '../requirements/wheels';

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
  /** What the lock of the mode holds for one of its cells; absent without a lock. */
  readonly locked?: NonNullable<ReturnType<typeof lockedFacts>>;
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
  const inputs = mode.lock === undefined ? readInputs(source) : comparable(source);
  const { requirements, constraints, overrides, buildConstraints, excludes, members, notes } = inputs;
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
  const locked = lockedFacts(source, own);
  return { facts, files: files.asked(), notes, ...(locked && { locked }) };
};

/** What a lock is compared with; where that cannot be resolved, the lock counts all the same. */
const comparable = (source: ModeSource): ModeInputs => {
  try {
    return readInputs({ ...source, mode: withoutLock(source.mode, source.config) });
  } catch (error) {
    const note = `${source.mode.lock?.path ?? ''} is compared with no fresh resolution: ${messageOf(error).split('\n', 1).join('')}`;
    const none: readonly [] = [];
    return {
      ...{ requirements: none, constraints: none, overrides: none, buildConstraints: none },
      ...{ excludes: none, members: none, notes: [note] },
    };
  }
};

/** A default that is spelled out, or a list of nothing, makes no other cell. */
const isSaid = <Value extends object | string>(value: Value | undefined): value is Value =>
  value !== undefined && Object.keys(value).length > 0;
