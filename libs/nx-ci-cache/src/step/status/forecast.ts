/** What a refresh that begins now would do, and how long that took before: of what was never timed it says so. */
import { buildForecast, nodeQueues, type StaleLeg } from '@nx-ci-cache/images';
import { readJson } from '@nx-ci-cache/process';
import { cellName, cellsOf, constraintFile, type CellRecord, type Recorded } from '@nx-ci-cache/records';
import type { CellStatus, Estimate, Forecast, ImageStatus, IndexStatus } from '@nx-ci-cache/report';
import { nodesAsDescribed } from '../context/builder';
import type { StepContext } from '../context/context';
import { resolutionsAtOnce } from '../cells/resolve-facts';
import type { LegWithPlan } from '../legs/plan-leg';

export interface Looked {
  readonly cells: readonly CellStatus[];
  readonly index: IndexStatus;
  readonly planned: readonly LegWithPlan[];
  readonly images: readonly ImageStatus[];
}

export const forecast = async (
  { cells, index: { windowsBehind = 0 }, planned, images }: Looked,
  context: StepContext,
): Promise<Forecast> => {
  // A cut-off that moved is in the facts of every cell.
  const resolved = cells.filter(({ state }) => windowsBehind > 0 || state === 'stale' || state === 'absent');
  const built = planned.filter(isBuilt);
  const moving = resolved.filter(({ state }) => state !== 'fresh').map(({ file }) => file);
  const others = planned.filter((leg) => !isBuilt(leg) && leg.superseded === undefined);
  return {
    resolves: resolved.map(({ cell }) => cell),
    builds: built.map(({ spec }) => spec.name),
    mayBuild: others
      .filter(({ inputs }) => Object.keys(inputs.constraints).some((file) => moving.includes(file)))
      .map(({ spec }) => spec.name),
    publishes: images.filter(({ reasons }) => reasons.length > 0).map(({ name }) => name),
    time: { resolving: await resolving(resolved, context), building: building(built, context) },
  };
};

const isBuilt = ({ reasons, superseded, leftOut }: LegWithPlan): boolean =>
  reasons.length > 0 && !reasons.some(({ kind }) => kind === 'unseen') && superseded === undefined && !leftOut;

/** From the records of this checkout, where a run left some. */
const resolving = async (cells: readonly CellStatus[], context: StepContext): Promise<Estimate> => {
  const named = new Map(cellsOf(context.config).map((cell) => [constraintFile(cell), cell]));
  const timed = await Promise.all(
    cells.map(async ({ file }) => {
      const cell = named.get(file);
      const record = cell && (await readJson<Recorded<CellRecord>>(context.at(context.paths.cellRecord(cell))));
      const { startedAt, endedAt } = record?.made ?? {};
      if (cell === undefined || startedAt === undefined || endedAt === undefined) return { file };
      return { file, name: cellName(cell), seconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 };
    }),
  );
  const seconds = timed.flatMap((each) => ('seconds' in each ? each.seconds : []));
  const untimed = timed.filter((each) => !('seconds' in each)).map(({ file }) => file);
  if (seconds.length === 0) return { untimed, how: 'no record in this checkout says how long a cell took' };
  const all = seconds.reduce((sum, each) => sum + each, 0);
  return {
    seconds: Math.max(all / resolutionsAtOnce, ...seconds),
    untimed,
    how: `as long as each took here last time, ${resolutionsAtOnce} at once`,
  };
};

/** From the leg tags. */
const building = (built: readonly LegWithPlan[], context: StepContext): Estimate => {
  const names = new Set(built.map(({ spec }) => spec.name));
  const legs = built.map(({ spec, last }): StaleLeg => ({
    ...{ name: spec.name, platform: spec.platform, ...(last && { last }) },
    bases: Object.values(spec.imageBases).flatMap(({ name }) => (names.has(name) ? [name] : [])),
  }));
  const unknown = (how: string) => ({ untimed: [...names], how });
  if (legs.length === 0) return unknown('nothing would be built');
  try {
    const { seconds, untimed } = buildForecast(nodeQueues(legs, nodesAsDescribed(context)));
    const how = 'as long as each took last time, the nodes side by side, waiting left out';
    return seconds === undefined ? unknown('no leg tag says how long a build took') : { seconds, untimed, how };
  } catch {
    return unknown('the nodes of the builder are not described whole');
  }
};
