/** A cell's facts with the digest they had when read: an input that moves while a cell runs is an error. */
import { readFile } from 'node:fs/promises';
import type { Cell, CellFacts } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import { snapshotStep } from '../../chain/snapshot';
import type { StepContext } from '../context/context';
import { targetDoing } from '../context/own-tasks';
import { factsDigest } from './frozen';

export const readCellFacts = async (
  cell: Cell,
  context: StepContext,
): Promise<{ facts: CellFacts; digest: string }> => {
  const path = context.paths.cellFacts(cell);
  const text = await readFile(context.at(path), 'utf8').catch((cause: unknown) => {
    throw new CiCacheError('OptionInvalid', `${path} is missing: the configuration may have no such mode and Python`, {
      remedy: `Run ${targetDoing(snapshotStep, {}, context)}, and take mode and python from ${context.config.file}.`,
      cause,
    });
  });
  return { facts: JSON.parse(text) as CellFacts, digest: await factsDigest(text, context) };
};

export const refuseMovedFacts = async (cell: Cell, digest: string, context: StepContext): Promise<void> => {
  if ((await readCellFacts(cell, context)).digest === digest) return;
  throw new CiCacheError('ResolveFailed', `${context.paths.cellFacts(cell)} changed while the cell was resolved`, {
    remedy: 'Run it again, and let only one run at a time use this checkout.',
  });
};
