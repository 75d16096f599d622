/** A run as one value, which `refresh.json` holds: what every rendering shows. Its form is refresh.schema.json. */
import { isDrift, type BranchFacts, type ChangesRecord, type PushRecord, type Reason } from '@nx-ci-cache/records';
import type { Line } from './line';

/** Changes of another number may break a reader; new keys alone do not. */
export const reportVersion = 1;

export interface ReportStep extends Line {
  /** Target name without its project. */
  readonly step: string;
  /** Name of its executor: the same for all parts of a step. */
  readonly executor: string;
  /** Its record was made in another run, and Nx restored it. */
  readonly replayed?: true;
  /** Digest of each file that it is a function of, by path; absent for a step that looks or acts. */
  readonly inputs?: Readonly<Record<string, string>>;
}

/**
 * `failed`: a step failed, or left no record of this run. `preview`: nothing may be changed in it. `refreshed`: branch, leg
 * or tag changed.
 */
export type Outcome = 'refreshed' | 'nothing-to-do' | 'preview' | 'failed';

export interface RefreshReport {
  readonly version: typeof reportVersion;
  /** Name of the project. */
  readonly project: string;
  readonly outcome: Outcome;
  /** Names of steps that failed; where none did, of those that did not run. Empty unless that is the outcome. */
  readonly failed: readonly string[];
  readonly run?: string;
  readonly ciRun?: string;
  readonly startedAt?: string;
  /** When the last of its steps ended. */
  readonly endedAt?: string;
  readonly sourceCommit?: string;
  readonly sourceBranch?: string;
  /** The constraints branch. */
  readonly branch?: string;
  /** Its tip before the run, and the commit that images are built from. */
  readonly before?: string | null;
  readonly after?: string | null;
  readonly cutoff?: string;
  /** Why nothing may be changed. */
  readonly preview?: string;
  readonly steps: readonly ReportStep[];
  readonly changes: Omit<ChangesRecord, 'run' | 'inputs' | 'result' | 'digests'>;
  /** What others did to branch, tags and cache refs since it was recorded. */
  readonly drift: readonly (Reason & { readonly step: string })[];
}

export interface ReportedRun {
  readonly project: string;
  /** Facts of this run; absent when nothing was observed in it. */
  readonly branch: BranchFacts | undefined;
  /** Each task of the chain, in its order. */
  readonly steps: readonly ReportStep[];
  /** Absent when nothing was compared. */
  readonly changes: ChangesRecord | undefined;
  readonly push: PushRecord | undefined;
}

export const refreshReport = ({ project, branch, steps, changes, push }: ReportedRun): RefreshReport => {
  const failed = branch === undefined ? ['snapshot'] : failedOf(steps);
  const ended = steps.flatMap(({ made, replayed }) => (made === undefined || replayed ? [] : [made]));
  const [ciRun] = ended.flatMap((made) => made.ciRun ?? []);
  const endedAt = ended
    .map((made) => made.endedAt)
    .sort()
    .at(-1);
  return {
    ...{ version: reportVersion, project, failed, outcome: outcomeOf(failed, branch, steps) },
    ...(branch === undefined ? {} : observed(branch)),
    ...(ciRun === undefined ? {} : { ciRun }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(push === undefined ? {} : { after: push.newCommit }),
    ...{ steps, changes: changes === undefined ? { files: [] } : compared(changes) },
    drift: steps.flatMap(({ step, reasons = [] }) => reasons.filter(isDrift).map((reason) => ({ step, ...reason }))),
  };
};

const failedOf = (steps: readonly ReportStep[]): string[] => {
  const named = (status: Line['status']) => steps.filter((each) => each.status === status).map(({ step }) => step);
  const failed = named('failed');
  return failed.length > 0 ? failed : named('skipped');
};

/** Whatever else is done is done for these. */
const acting: ReadonlySet<string> = new Set(['push-constraints', 'buildx-refresh', 'publish-images']);

const outcomeOf = (
  failed: readonly string[],
  branch: BranchFacts | undefined,
  steps: readonly ReportStep[],
): Outcome => {
  if (failed.length > 0) return 'failed';
  if (branch?.preview !== undefined) return 'preview';
  return steps.some(({ executor, status }) => acting.has(executor) && status === 'done')
    ? 'refreshed'
    : 'nothing-to-do';
};

const observed = ({
  run,
  startedAt,
  sourceCommit,
  sourceBranch,
  branch,
  tip,
  cutoff,
  preview,
}: BranchFacts): Partial<RefreshReport> => ({
  ...{ run, startedAt, sourceCommit, branch, before: tip, cutoff },
  ...(sourceBranch === undefined ? {} : { sourceBranch }),
  ...(preview === undefined ? {} : { preview }),
});

const compared = ({ run, inputs, result, digests, ...rest }: ChangesRecord): RefreshReport['changes'] => rest;
