/** Collects whatever records this checkout holds, for the report to judge. */
import { cellName, cellsOf, legName, legsOf } from '@nx-ci-cache/config';
import { digestOf, readJson, readTextIfPresent } from '@nx-ci-cache/process';
import type { RunRecords } from '@nx-ci-cache/report';
import type { StepContext } from './context';

export const readRecords = async ({ config, paths, at }: StepContext): Promise<RunRecords> => {
  const read = <Record>(path: string) => readJson<Record>(at(path));
  return {
    branch: await read(paths.branch),
    cells: await Promise.all(
      cellsOf(config).map(async (cell) => {
        const facts = await readTextIfPresent(at(paths.cellFacts(cell)));
        return {
          cell: cellName(cell),
          facts: facts === undefined ? undefined : digestOf(facts),
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
