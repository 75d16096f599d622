/** Shows what this configuration would change on a branch that people already have, and changes nothing. */
import { observeSourceBranch, readCommitFiles } from '@nx-ci-cache/branch';
import { invalid } from '@nx-ci-cache/config';
import { comparePins, importedPins, pinsOf, readLines } from '@nx-ci-cache/constraints';
import { writeFileAtomic, writeJson } from '@nx-ci-cache/process';
import {
  type Cell,
  cellName,
  cellsOf,
  constraintFile,
  type ImportedFile,
  type ImportRecord,
  plainPlatform,
  platformName,
} from '@nx-ci-cache/records';
import { importMarkdown, importTerminal } from '@nx-ci-cache/report';
import { importStep } from '../../chain/import';
import { generatedFile } from '../../step/cells/generated';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { readBranchFacts } from '../../step/context/required';
import { remoteAccess } from '../../step/facts/remote-access';
import { step } from '../../step/recorded';

/** @throws CiCacheError `OptionInvalid` for a branch the remote does not have, and for what names no file of a branch. */
export const importBranch = step(importStep, async (options, context): Promise<ImportRecord> => {
  const { remote, branch: own } = await readBranchFacts(context);
  const { branch = own, file } = options;
  if (file !== undefined && !isPathOfBranch(file))
    throw invalid({ file: 'options', key: 'file' }, file, allowedFile, 'Give --file=constraints/{mode}-{python}.txt.');
  const access = remoteAccess(context);
  const commit = await observeSourceBranch(remote, branch, access);
  if (commit === null)
    throw invalid({ file: 'options', key: 'branch' }, branch, 'a branch of the remote', 'Give --branch=<name>.');
  const nameOf = (cell: Cell) => fileOf(cell, file);
  const names = [...new Set(cellsOf(context.config).map(nameOf))];
  const { files } = await readCommitFiles(remote, commit, names, access);
  const compared = cellsOf(context.config).map((cell) => compare(cell, nameOf(cell), files[nameOf(cell)], context));
  const record = { branch, commit, files: await Promise.all(compared) };
  await writeJson(context.at(context.paths.import('json')), record);
  await writeFileAtomic(context.at(context.paths.import('md')), importMarkdown(record));
  context.say(importTerminal(record, context.paths.import('md')));
  return record;
});

const allowedFile =
  'the path of a file on the branch, with {mode}, {python} and {platform} where cells have files of their own';

const isPathOfBranch = (template: string): boolean => {
  const path = template.replaceAll(/\{(?:mode|python|platform)\}/g, 'x');
  return path.split('/').every((name) => /^[\w.+-]+$/.test(name) && name !== '.' && name !== '..');
};

const fileOf = (cell: Cell, template = constraintFile(cell)): string =>
  template
    .replaceAll('{mode}', cell.mode)
    .replaceAll('{python}', cell.python)
    .replaceAll('{platform}', platformName(cell.platform ?? plainPlatform));

const compare = async (
  cell: Cell,
  file: string,
  text: string | undefined,
  context: StepContext,
): Promise<ImportedFile> => {
  const known = { cell: cellName(cell), file };
  if (text === undefined) return { ...known, changes: [], passedOver: [] };
  const { pins, passedOver } = importedPins(text, cell);
  const generated = await generatedFile(cell, context);
  const { changes } = comparePins(file, pins, pinsOf(readLines(generated.text)));
  return { ...known, there: pins.size, changes, passedOver };
};

export default asExecutor(importBranch);
