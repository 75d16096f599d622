/** All records of one checkout, and the question which of them are of the run that is reported. */
import {
  type BranchFacts,
  type CellRecord,
  type ChangesRecord,
  type FreezeRecord,
  type ImageRecord,
  type LegPlan,
  type LegReasons,
  type LegRecord,
  type PushRecord,
  legDoubt,
  runDoubt,
} from '@nx-ci-cache/records';

export interface CellRecords {
  readonly cell: string;
  /** Digest of the facts file as it is now. */
  readonly facts: string | undefined;
  readonly record: CellRecord | undefined;
}

export interface LegRecords {
  readonly leg: string;
  readonly plan: LegPlan | undefined;
  readonly reasons: LegReasons | undefined;
  readonly record: LegRecord | undefined;
}

/** What was found on disk; anything may be missing when the run stopped early. */
export interface RunRecords {
  readonly branch: BranchFacts | undefined;
  /** Images that modes freeze. Default: none. */
  readonly frozen?: readonly { readonly name: string; readonly record: FreezeRecord | undefined }[];
  readonly cells: readonly CellRecords[];
  readonly changes: ChangesRecord | undefined;
  readonly push: PushRecord | undefined;
  readonly legs: readonly LegRecords[];
  readonly images: readonly { readonly name: string; readonly record: ImageRecord | undefined }[];
}

/** The same records without those of an earlier run: they count as never written. */
export const currentRecords = (found: RunRecords): RunRecords => {
  const run = found.branch?.run;
  const ofRun = <Record extends { readonly run: string }>(record: Record | undefined) =>
    runDoubt(record, run) === undefined ? record : undefined;
  return {
    branch: found.branch,
    frozen: (found.frozen ?? []).map(({ name, record }) => ({ name, record: ofRun(record) })),
    cells: found.cells.map((cell) => ({
      ...cell,
      record: cell.record?.facts === cell.facts ? cell.record : undefined,
    })),
    changes: ofRun(found.changes),
    push: ofRun(found.push),
    legs: found.legs.map((leg) => currentLeg(leg, run)),
    images: found.images.map(({ name, record }) => ({ name, record: ofRun(record) })),
  };
};

/** A cached leg's record knows no run: it is current when it answers the plan, and the plan is of this run. */
const currentLeg = ({ leg, plan, reasons, record }: LegRecords, run: string | undefined): LegRecords => {
  if (runDoubt(reasons, run) !== undefined) return { leg, plan: undefined, reasons: undefined, record: undefined };
  return { leg, plan, reasons, record: legDoubt(record, plan) === undefined ? record : undefined };
};
