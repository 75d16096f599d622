/**
 * Whether a run's state may take the place of the recorded one: registries order nothing, and the last one to write would
 * win. The source decides first, then the constraints, then the instant at which base images were read.
 */
import type { LegSpec } from '@nx-ci-cache/config';
import type { Relation } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { leavesImage, type LegInputs } from '@nx-ci-cache/records';
import type { RecordedLeg } from './leg-annotations';

/** What a run builds from, and how history relates that to what others built from. */
export interface Order {
  readonly sourceCommit: string;
  /** Commit the constraints come from; null when there is none yet, and then nothing is built. */
  readonly constraintsCommit: string | null;
  /** When the run looked at the world, ISO 8601. */
  readonly observedAt: string;
  /** Our source commit compared with another. */
  readonly toSource: (theirs: string) => Promise<Relation>;
  /** Our constraints commit compared with another of the constraints branch. */
  readonly toConstraints: (theirs: string) => Promise<Relation>;
}

/**
 * `ahead`: leg tag, cache ref and moving tag may advance. `other-source`: theirs is of a source that ours does not
 * contain; force may still build ours for the tags of its own commit. `older-state`: an older state of the very same source.
 */
export type Standing =
  { readonly place: 'ahead' } | { readonly place: 'other-source' | 'older-state'; readonly reason: string };

export const ahead: Standing = { place: 'ahead' };

/** Asks history no more than it needs to know. */
export const standingOf = async (
  spec: LegSpec,
  inputs: LegInputs,
  recorded: RecordedLeg | undefined,
  order: Order,
): Promise<Standing> => {
  if (recorded === undefined) return ahead;
  const source = await relation(order.sourceCommit, recorded.sourceCommit, order.toSource);
  if (source !== 'same') return judgeSource(spec, source, order, recorded);
  const { constraintsCommit } = recorded;
  if (constraintsCommit !== null && order.constraintsCommit !== null) {
    const constraints = await relation(order.constraintsCommit, constraintsCommit, order.toConstraints);
    if (constraints !== 'same') return judgeConstraints(spec, constraints, order.constraintsCommit, constraintsCommit);
  }
  return judgeBases(spec, inputs, order, recorded);
};

const relation = async (ours: string, theirs: string, ask: Order['toSource']): Promise<Relation> =>
  ours === theirs ? 'same' : ask(theirs);

export const judgeSource = (
  spec: LegSpec,
  relation: Exclude<Relation, 'same'>,
  { sourceCommit: ours }: Pick<Order, 'sourceCommit'>,
  { sourceCommit: theirs }: Pick<RecordedLeg, 'sourceCommit'>,
): Standing => {
  const place = 'other-source';
  const recorded = `the leg tag ${spec.legRef} was made from ${theirs}`;
  switch (relation) {
    case 'newer':
      return ahead;
    case 'older':
      return { place, reason: `${recorded}, which has our source commit ${ours} as ancestor` };
    case 'unrelated':
      return { place, reason: `${recorded}, which is no ancestor of our source commit ${ours}; ${remedy(spec)}` };
    case 'unknown':
      return {
        place,
        reason: `${recorded}, and no history at hand says how our ${ours} is related to it; push the source branch and fetch its history, or ${remedy(spec)}`,
      };
  }
};

export const judgeConstraints = (
  spec: LegSpec,
  relation: Exclude<Relation, 'same'>,
  ours: string,
  theirs: string,
): Standing => {
  const place = 'older-state';
  const recorded = `the leg tag ${spec.legRef} was made from this source with the constraints of ${theirs}`;
  switch (relation) {
    case 'newer':
      return ahead;
    case 'older':
      return { place, reason: `${recorded}, which come after our ${ours}` };
    case 'unrelated':
    case 'unknown':
      return {
        place,
        reason: `${recorded}, and the constraints branch does not relate our ${ours} to them; ${remedy(spec)}`,
      };
  }
};

/** Digests of base images have no order of their own: whoever looked later saw the newer ones. */
export const judgeBases = (
  spec: LegSpec,
  { bases }: Pick<LegInputs, 'bases'>,
  { observedAt }: Pick<Order, 'observedAt'>,
  { inputs, observedAt: theirs }: Pick<RecordedLeg, 'inputs' | 'observedAt'>,
): Standing => {
  const isSame = Object.entries(bases).every(([argument, pinned]) => inputs.bases[argument] === pinned);
  if (isSame || theirs === undefined || Date.parse(theirs) <= Date.parse(observedAt)) return ahead;
  return {
    place: 'older-state',
    reason: `the leg tag ${spec.legRef} was made from this source with base images as of ${theirs}, and ours are as of ${observedAt}`,
  };
};

const remedy = ({ legRef }: LegSpec): string =>
  `when history was rewritten on purpose, remove the leg tag ${legRef} from the registry and run again`;

/** Why a leg that stands so is not built at all; force builds another source's for the tags of its own commit. */
export const supersededBy = (standing: Standing, force: boolean): string | undefined => {
  if (standing.place === 'ahead' || (standing.place === 'other-source' && force)) return undefined;
  return standing.reason;
};

/** @throws CiCacheError `OptionInvalid`: the image of a forced rebuild would have no name. */
export const refuseNameless = (spec: LegSpec, standing: Standing): void => {
  const { image, name, tags } = spec;
  if (standing.place !== 'other-source' || (leavesImage(spec) && tags.some(({ ofCommit }) => ofCommit))) return;
  if (!leavesImage(spec))
    throw new CiCacheError('OptionInvalid', `${name} cannot be forced: ${standing.reason}`, {
      remedy: `It leaves a cache alone (images.${image}.publish), which follows the newest source: run from that.`,
    });
  throw new CiCacheError('OptionInvalid', `${name} cannot be forced: ${standing.reason}`, {
    remedy: `A forced rebuild of such a source may write tags of its own commit only, and images.${image}.tags holds none: add {commit}.`,
  });
};
