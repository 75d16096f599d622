/** Collects whatever records this checkout holds, for the report to judge. */
import { frozenImagesOf } from '@nx-ci-cache/config';
import { cellName, cellsOf, legName, legsOf } from '@nx-ci-cache/records';
import { readJson, readTextIfPresent } from '@nx-ci-cache/process';
import type { RunRecords } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { factsDigest } from '../facts/frozen';

export const readRecords = async (context: StepContext): Promise<RunRecords> => {
  const { config, paths, at } = context;
  const read = <Record>(path: string) => readJson<Record>(at(path));
  return {
    branch: await read(paths.branch),
    frozen: await Promise.all(
      frozenImagesOf(config).map(async ({ name }) => ({
        name,
        record: await read<NonNullable<NonNullable<RunRecords['frozen']>[number]['record']>>(paths.freezeRecord(name)),
      })),
    ),
    cells: await Promise.all(
      cellsOf(config).map(async (cell) => {
        const facts = await readTextIfPresent(at(paths.cellFacts(cell)));
        return {
          cell: cellName(cell),
          // Facts without their freeze are facts no record can answer.
          facts: facts === undefined ? undefined : await factsDigest(facts, context).catch(() => undefined),
          record: await read<NonNullable<RunRecords['cells'][number]['record']>>(paths.cellRecord(cell)),
        };
      }),
    ),
    changes: await read(paths.changes),
    push: await read(paths.push),
    legs: await Promise.all(
      legsOf(config).map(async (leg) => ({
        leg: legName(leg),
        plan: await read<NonNullable<RunRecords['legs'][number]['plan']>>(paths.plan(leg)),
        reasons: await read<NonNullable<RunRecords['legs'][number]['reasons']>>(paths.reasons(leg)),
        record: await read<NonNullable<RunRecords['legs'][number]['record']>>(paths.leg(leg)),
      })),
    ),
    images: await Promise.all(
      config.images.flatMap(({ name }) =>
        config.pythons.map(async (python) => ({
          name: `${name}-${python}`,
          record: await read<NonNullable<RunRecords['images'][number]['record']>>(paths.image(name, python)),
        })),
      ),
    ),
  };
};
