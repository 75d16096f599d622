/** Why a record may not be used in a run: what it names decides, never that it lies there. Nx may have restored an older one. */
import type { CellRecord } from './cell';
import type { ChangesRecord } from './changes';
import type { ImageRecord } from './image';
import type { LegPlan, LegRecord } from './leg';

/** In words that follow the record's path; undefined when nothing is against it. */
type Doubt = string | undefined;

export const runDoubt = (record: { readonly run: string } | undefined, run: string | undefined): Doubt => {
  if (record === undefined) return 'is missing';
  return record.run === run ? undefined : 'is of another run';
};

/** Digests of what is there now. */
export interface CellProof {
  /** Undefined when there are no facts. */
  readonly facts: string | undefined;
  /** Of the constraint file. */
  readonly digest: string;
}

export const cellDoubt = (record: CellRecord | undefined, { facts, digest }: CellProof): Doubt => {
  if (record === undefined) return 'is missing';
  if (record.facts !== facts) return 'was made from other facts than those of this run';
  return record.digest === digest ? undefined : 'names another constraint file than the one beside it';
};

/** @param inputs digest of what there is to compare now. */
export const changesDoubt = (record: ChangesRecord | undefined, inputs: string): Doubt => {
  if (record === undefined) return 'is missing';
  return record.inputs === inputs ? undefined : 'compares other files than those of this run';
};

/**
 * @param plan digest of the plan there is now.
 * @param held what the tags were found to hold, when they were found right.
 */
export const imageDoubt = (
  record: ImageRecord | undefined,
  plan: string | undefined,
  held: ImageRecord['platforms'],
): Doubt => {
  if (record === undefined) return 'is missing';
  if (record.plan !== plan) return 'answers another plan than that of this run';
  return held === undefined || digestsOf(record.platforms) === digestsOf(held)
    ? undefined
    : 'names another image than the tags hold';
};

const digestsOf = (platforms: ImageRecord['platforms'] = []): string =>
  platforms.map(({ platform, digest }) => `${platform}@${digest}`).join(' ');

export const legDoubt = (record: LegRecord | undefined, plan: LegPlan | undefined): Doubt => {
  if (record === undefined) return 'is missing';
  if (record.inputDigest !== plan?.inputDigest) return 'is of other inputs than those of the plan';
  return (record.planned ?? record.buildId) === plan.buildId ? undefined : 'answers another plan than that of this run';
};
