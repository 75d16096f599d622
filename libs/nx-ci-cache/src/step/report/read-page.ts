/** What the page shows beyond the report: the constraint files that count, and the last proof of the caches. */
import { isPrerelease, pinsOf, readLines } from '@nx-ci-cache/constraints';
import { readJson, readTextIfPresent } from '@nx-ci-cache/process';
import {
  cellsOf,
  constraintFile,
  isFailure,
  modeWords,
  type Cell,
  type CellFacts,
  type FailureRecord,
  type Recorded,
  type VerifyRecord,
} from '@nx-ci-cache/records';
import type { PageRun, ReportedFile } from '@nx-ci-cache/report';
import type { Look } from '../../chain/definition';
import type { StepContext } from '../context/context';
import { lookAt } from './look';
import { readRun } from './read-run';

export const readPage = async (context: StepContext): Promise<PageRun> => {
  const { at, config, paths } = context;
  const look = await lookAt(context);
  const files = await Promise.all(cellsOf(config).map((cell) => fileOf(cell, look, context)));
  const proof = await readJson<Recorded<VerifyRecord> | FailureRecord>(at(paths.verify));
  return {
    ...(await readRun(context, look)),
    ...{ files: files.flat(), windowSeconds: config.index.windowSeconds },
    ...(proof === undefined || isFailure(proof) ? {} : { proof }),
  };
};

const fileOf = async (cell: Cell, look: Look, { at, paths }: StepContext): Promise<ReportedFile[]> => {
  const record = await look.cellRecord(cell);
  if (record === undefined || isFailure(record)) return [];
  const text = (await readTextIfPresent(at(paths.constraints(cell)))) ?? '';
  const indexUrl = onlyIndex(await readJson<CellFacts>(at(paths.cellFacts(cell))));
  const pins = [...pinsOf(readLines(text))].map(([name, version]) => ({
    ...{ name, version, isPrerelease: isPrerelease(version) },
  }));
  const { python } = cell;
  return [
    {
      mode: modeWords(cell),
      python,
      file: constraintFile(cell),
      pins,
      ...(indexUrl === undefined ? {} : { indexUrl }),
    },
  ];
};

/** With several, nothing says which one has a package. */
const onlyIndex = (facts: CellFacts | undefined): string | undefined =>
  facts === undefined || (facts.indexes ?? []).length > 0 ? undefined : facts.indexUrl;
