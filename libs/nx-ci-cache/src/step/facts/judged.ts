/** Records with what is against them: each counts only when it names this run, its facts or its plan, whoever left it there. */
import {
  cellDoubt,
  changesDoubt,
  imageDoubt,
  legDoubt,
  runDoubt,
  type Cell,
  type CellRecord,
  type ChangesRecord,
  type FailureRecord,
  type ImageReasons,
  type ImageRecord,
  type Leg,
  type LegPlan,
  type LegReasons,
  type LegRecord,
  type PublishedImage,
  isFailure,
} from '@nx-ci-cache/records';
import { digestOf, readJson, readTextIfPresent } from '@nx-ci-cache/process';
import { checkConstraintsStep } from '../../chain/check-constraints';
import type { StepContext } from '../context/context';
import { factsDigest } from './frozen';

export type Records = Pick<StepContext, 'config' | 'paths' | 'at'>;

export interface Judged<Record> {
  readonly path: string;
  readonly record: Record | undefined;
  /** In words that follow the path; undefined when nothing is against it. */
  readonly doubt: string | undefined;
}

/** A record that names its run. */
export const judgedByRun = async <Record extends object>(
  path: string,
  run: string | undefined,
  { at }: Records,
): Promise<Judged<Record>> => {
  const record = await readJson<Record & { readonly run: string }>(at(path));
  return { path, record, doubt: runDoubt(record, run) };
};

/** A record that names what it was made from; that of a failure names its run. */
const judgedBy = async <Record extends object>(
  path: string,
  run: string | undefined,
  doubtOf: (record: Record | undefined) => Promise<string | undefined>,
  { at }: Records,
): Promise<Judged<Record | FailureRecord>> => {
  const record = await readJson<Record | FailureRecord>(at(path));
  return { path, record, doubt: isFailure(record) ? runDoubt(record, run) : await doubtOf(record) };
};

/** Facts without their freeze are facts no record can answer. */
export const judgedCell = (cell: Cell, run: string | undefined, context: StepContext) =>
  judgedBy<CellRecord>(
    context.paths.cellRecord(cell),
    run,
    async (record) => {
      const [facts, text = ''] = await Promise.all(
        [context.paths.cellFacts(cell), context.paths.constraints(cell)].map((path) =>
          readTextIfPresent(context.at(path)),
        ),
      );
      const digest = facts === undefined ? undefined : await factsDigest(facts, context).catch(() => undefined);
      return cellDoubt(record, { facts: digest, digest: digestOf(text) });
    },
    context,
  );

/** Digest of all that a comparison is made from, as it lies there now. */
export const comparedDigest = async (context: Records): Promise<string> => {
  const files = checkConstraintsStep.facts?.({}, context) ?? [];
  const texts = files.map(
    async (path) => [path, digestOf((await readTextIfPresent(context.at(path))) ?? null)] as const,
  );
  return digestOf(Object.fromEntries(await Promise.all(texts)));
};

export const judgedChanges = (run: string | undefined, context: Records) =>
  judgedBy<ChangesRecord>(
    context.paths.changes,
    run,
    async (record) => changesDoubt(record, await comparedDigest(context)),
    context,
  );

export const judgedLeg = (leg: Leg, run: string | undefined, context: Records) =>
  judgedBy<LegRecord>(
    context.paths.leg(leg),
    run,
    async (record) => {
      const { doubt } = await judgedByRun<LegReasons>(context.paths.reasons(leg), run, context);
      return doubt ?? legDoubt(record, await readJson<LegPlan>(context.at(context.paths.plan(leg))));
    },
    context,
  );

export const judgedImage = ({ image, python }: PublishedImage, run: string | undefined, context: Records) =>
  judgedBy<ImageRecord>(
    context.paths.image(image, python),
    run,
    async (record) => {
      const reasons = await judgedByRun<ImageReasons>(context.paths.imageReasons(image, python), run, context);
      const plan = await imagePlanText({ image, python }, context);
      return reasons.doubt ?? imageDoubt(record, plan && digestOf(plan), reasons.record?.platforms);
    },
    context,
  );

/** Whose digest a record names; undefined when there is none. */
export const imagePlanText = ({ image, python }: PublishedImage, { at, paths }: Records): Promise<string | undefined> =>
  readTextIfPresent(at(paths.imagePlan(image, python)));
