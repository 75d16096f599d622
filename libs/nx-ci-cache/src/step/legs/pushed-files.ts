/** Lays out the constraint files legs build from: those of the pushed commit, read back from the remote. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cellsOf, constraintFile, type PushRecord } from '@nx-ci-cache/records';
import { CiCacheError, writeFileAtomic } from '@nx-ci-cache/process';
import { checkPublished, readCommitFiles } from '@nx-ci-cache/branch';
import type { StepContext } from '../context/context';
import { generatedFile } from '../cells/generated';
import { remoteAccess } from '../facts/remote-access';

/** In a preview: the files as they would be after the push. @throws CiCacheError when one is missing or holds more than pins. */
export const layOutPushedFiles = async (push: PushRecord, context: StepContext): Promise<void> => {
  const { at, paths } = context;
  await rm(at(paths.pushed), { recursive: true, force: true });
  const files = push.result === 'previewed' ? await previewed(push, context) : await pushed(push, context);
  checkPublished(files, push.branch);
  for (const [name, text] of Object.entries(files)) await writeFileAtomic(at(join(paths.pushed, name)), text);
};

const pushed = async (
  { remote, branch, newCommit }: PushRecord,
  context: StepContext,
): Promise<Readonly<Record<string, string>>> => {
  const names = cellsOf(context.config).map(constraintFile);
  const { files } =
    newCommit === null ? { files: {} } : await readCommitFiles(remote, newCommit, names, remoteAccess(context));
  const missing = names.filter((name) => !(name in files));
  if (missing.length === 0) return files;
  throw new CiCacheError(
    'PushRefused',
    `${branch} at ${newCommit ?? 'no commit'} does not hold ${missing.join(', ')}`,
    {
      remedy: 'Run the whole chain again: somebody removed files from the branch.',
    },
  );
};

const previewed = async (push: PushRecord, context: StepContext): Promise<Record<string, string>> => {
  const changed = new Set(push.files.filter((file) => file.changed).map(({ file }) => file));
  const files = await Promise.all(cellsOf(context.config).map((cell) => generatedFile(cell, context)));
  return Object.fromEntries(
    files.map(({ file, text, published }) => [file, changed.has(file) ? text : (published ?? text)]),
  );
};
