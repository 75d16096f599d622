/** The generated constraint files of this run, each beside what is published under its name. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cell, cellsOf, type ChangesRecord, constraintFile } from '@nx-ci-cache/records';
import { CiCacheError, digestOf, readTextIfPresent } from '@nx-ci-cache/process';
import { generateConstraintsStep } from '../../chain/generate-constraints';
import type { StepContext } from '../context/context';
import { targetDoing } from '../context/own-tasks';
import { proveCurrentCell } from '../facts/current';

export interface GeneratedFile {
  readonly cell: Cell;
  /** Name on the branch. */
  readonly file: string;
  readonly text: string;
  readonly published: string | undefined;
}

/** @throws CiCacheError `OptionInvalid` when it is missing or was not made from the facts of this run. */
export const generatedFile = async (cell: Cell, context: StepContext): Promise<GeneratedFile> => {
  const { at, paths } = context;
  const file = constraintFile(cell);
  const text = await readFile(at(paths.constraints(cell)), 'utf8').catch((cause: unknown) => {
    throw new CiCacheError('OptionInvalid', `${paths.constraints(cell)} is missing`, {
      remedy: `Run ${targetDoing(generateConstraintsStep, cell, context)} first.`,
      cause,
    });
  });
  await proveCurrentCell(cell, text, context);
  return { cell, file, text, published: await readTextIfPresent(at(join(paths.published, file))) };
};

/** What was checked, and not what lies there since. @throws CiCacheError `PushRefused` when a file is another one. */
export const checkedFiles = async (context: StepContext, { digests }: ChangesRecord): Promise<GeneratedFile[]> => {
  const files = await Promise.all(cellsOf(context.config).map((cell) => generatedFile(cell, context)));
  const moved = files.find(({ file, text }) => digests[file] !== digestOf(text));
  if (moved === undefined) return files;
  throw new CiCacheError('PushRefused', `${context.paths.constraints(moved.cell)} is not the file that was checked`, {
    remedy: `Run ${context.taskName} with its dependencies, and no other run beside it.`,
  });
};
