/** Which records are of this run. */
import {
  cellDoubt,
  isFailure,
  legDoubt,
  runDoubt,
  type CellRecord,
  type FailureRecord,
  type LegPlan,
  type LegReasons,
  type LegRecord,
  type SnapshotRecord,
} from '@nx-ci-cache/records';
import { ciRunUrl } from '@nx-ci-cache/branch';
import { digestOf, readJson, readTextIfPresent } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import type { Look } from '../../chain/definition';
import { factsDigest } from '../facts/frozen';

export const lookAt = async (context: StepContext): Promise<Look> => {
  const { config, paths, at } = context;
  const run = await currentRun(context);
  const read = <Record>(path: string) => readJson<Record>(at(path));
  const ofRun = async <Record extends object>(path: string): Promise<Record | FailureRecord | undefined> => {
    const record = await read<Record & { readonly run: string }>(path);
    return runDoubt(record, run) === undefined ? record : undefined;
  };
  return {
    ...{ config, paths, ofRun },
    cellRecord: async (cell) => {
      const record = await read<CellRecord | FailureRecord>(paths.cellRecord(cell));
      if (isFailure(record)) return runDoubt(record, run) === undefined ? record : undefined;
      // Facts that no snapshot of this run wrote are none of it, equal or not.
      if ((await ofRun(paths.branch)) === undefined) return undefined;
      const [facts, text] = await Promise.all(
        [paths.cellFacts(cell), paths.constraints(cell)].map((path) => readTextIfPresent(at(path))),
      );
      // Facts without their freeze are facts no record can answer.
      const digest = facts === undefined ? undefined : await factsDigest(facts, context).catch(() => undefined);
      return cellDoubt(record, { facts: digest, digest: digestOf(text ?? '') }) === undefined ? record : undefined;
    },
    legRecord: async (leg) => {
      const record = await read<LegRecord | FailureRecord>(paths.leg(leg));
      if (isFailure(record)) return runDoubt(record, run) === undefined ? record : undefined;
      const [plan, reasons] = [await read<LegPlan>(paths.plan(leg)), await ofRun<LegReasons>(paths.reasons(leg))];
      return reasons !== undefined && legDoubt(record, plan) === undefined ? record : undefined;
    },
  };
};

/** Undefined when nothing was observed in this run: a folder left from another run of the CI is none of it. */
const currentRun = async ({ paths, at, environment }: StepContext): Promise<string | undefined> => {
  const snapshot = await readJson<SnapshotRecord | FailureRecord>(at(paths.snapshot));
  if (snapshot === undefined || isFailure(snapshot)) return snapshot?.run;
  const ciRun = ciRunUrl(environment);
  return ciRun !== undefined && snapshot.ciRun !== ciRun ? undefined : snapshot.run;
};
