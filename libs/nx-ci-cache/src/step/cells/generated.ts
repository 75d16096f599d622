/** The generated constraint files of this run, each beside what is published under its name. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cellsOf, constraintFile, type Cell } from '@nx-ci-cache/config';
import { CiCacheError, digestOf, mapConcurrently, readTextIfPresent } from '@nx-ci-cache/process';
import type { ChangesRecord } from '@nx-ci-cache/report';
import { readCellFacts } from '../facts/cell-facts';
import type { StepContext } from '../context/context';
import { resolveFacts } from './resolve-facts';

/** Each resolution is one process that computes. */
export const resolutionsAtOnce = 2;

export interface GeneratedFile {
  readonly cell: Cell;
  /** Name on the branch. */
  readonly file: string;
  readonly text: string;
  readonly published: string | undefined;
}

export const generatedFile = async (cell: Cell, { at, paths, projectName }: StepContext): Promise<GeneratedFile> => {
  const file = constraintFile(cell);
  const text = await readFile(at(paths.constraints(cell)), 'utf8').catch((cause: unknown) => {
    throw new CiCacheError('OptionInvalid', `${paths.constraints(cell)} is missing`, {
      remedy: `Run ${projectName}:generate-constraints first.`,
      cause,
    });
  });
  return { cell, file, text, published: await readTextIfPresent(at(join(paths.published, file))) };
};

/** What was checked, and not what lies there since. @throws CiCacheError `PushRefused` when a file is another one. */
export const checkedFiles = async (context: StepContext, { digests }: ChangesRecord): Promise<GeneratedFile[]> => {
  const files = await Promise.all(cellsOf(context.config).map((cell) => generatedFile(cell, context)));
  const moved = files.find(({ file, text }) => digests[file] !== digestOf(text));
  if (moved === undefined) return files;
  throw new CiCacheError('PushRefused', `${context.paths.constraints(moved.cell)} is not the file that was checked`, {
    remedy: `Run ${context.projectName}:push-constraints with its dependencies, and no other run beside it.`,
  });
};

/** Resolves changed cells again without the Nx cache, so that a poisoned cache cannot publish. */
export const proveFresh = async (files: readonly GeneratedFile[], context: StepContext): Promise<void> => {
  const changed = files.filter(({ text, published }) => text !== published);
  const again = await mapConcurrently(changed, resolutionsAtOnce, async ({ cell }) => {
    const { facts } = await readCellFacts(cell, context);
    return (await resolveFacts(facts, context)).text;
  });
  const wrong = changed.filter(({ text }, at) => text !== again[at]).map(({ file }) => file);
  if (wrong.length === 0) return;
  throw new CiCacheError(
    'PushRefused',
    `${wrong.join(', ')} does not resolve to the same bytes again: its cache entry cannot be trusted`,
    {
      remedy: 'Run once with --skip-nx-cache, and find out who wrote that entry into the shared cache.',
      data: { files: wrong },
    },
  );
};
