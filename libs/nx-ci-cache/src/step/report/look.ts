/** Which records are of this run. */
import { isFailure, type FailureRecord, type Recorded, type SnapshotRecord } from '@nx-ci-cache/records';
import { ciRunUrl } from '@nx-ci-cache/branch';
import { readJson } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import type { Look } from '../../chain/definition';
import { judgedByRun, judgedCell, judgedChanges, judgedImage, judgedLeg, type Judged } from '../facts/judged';

export const lookAt = async (context: StepContext): Promise<Look> => {
  const { config, paths } = context;
  const run = await currentRun(context);
  const ofRun = async <Record extends object>(path: string): Promise<Record | FailureRecord | undefined> =>
    undoubted(await judgedByRun<Record | FailureRecord>(path, run, context));
  /** Facts that no snapshot of this run wrote are none of it, equal or not. */
  const isObserved = (await ofRun(paths.branch)) !== undefined;
  const ofFacts = <Record extends object>({ doubt, record, ...rest }: Judged<Record | FailureRecord>) =>
    isObserved || isFailure(record) ? undoubted({ doubt, record, ...rest }) : undefined;
  /** Every cell's line asks for it. */
  const compared = ofFacts(await judgedChanges(run, context));
  return {
    ...{ config, paths, ofRun },
    cellRecord: async (cell) => ofFacts(await judgedCell(cell, run, context)),
    changes: () => Promise.resolve(compared),
    legRecord: async (leg) => undoubted(await judgedLeg(leg, run, context)),
    imageRecord: async (image) => undoubted(await judgedImage(image, run, context)),
  };
};

const undoubted = <Record>({ record, doubt }: Judged<Record>): Record | undefined =>
  doubt === undefined ? record : undefined;

/** Undefined when nothing was observed in this run: a folder left from another run of the CI is none of it. */
const currentRun = async ({ paths, at, environment }: StepContext): Promise<string | undefined> => {
  const snapshot = await readJson<Recorded<SnapshotRecord | FailureRecord>>(at(paths.snapshot));
  if (snapshot === undefined || isFailure(snapshot)) return snapshot?.run;
  const ciRun = ciRunUrl(environment);
  return ciRun !== undefined && snapshot.made?.ciRun !== ciRun ? undefined : snapshot.run;
};
