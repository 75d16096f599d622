/** This repository's working tree as a fresh checkout of its own branch main, so that tests never touch the real one. */
import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute';
import { git } from './git';
import { e2eFolder } from './workspace';

const root = join(__dirname, '../../../..');

/** A checkout may be another user's than the one who tests: root, in many a CI. */
const list = async (...options: string[]): Promise<readonly string[]> =>
  (await git(root, '-c', 'safe.directory=*', 'ls-files', ...options, '-z')).split('\0');

export const copyOfThisRepository = async (): Promise<string> => {
  const folder = join(mkdtempSync(join(e2eFolder(), 'repository-')), 'main');
  const present = await list('--cached', '--others', '--exclude-standard', '--deduplicate');
  const gone = new Set(await list('--deleted'));
  for (const file of present.filter((each) => each !== '' && !gone.has(each))) {
    cpSync(join(root, file), join(folder, file), { verbatimSymlinks: true });
  }
  // cp keeps npm's relative links to the libraries, which must lead into the copy.
  const packages = ['-T', join(root, 'node_modules'), join(folder, 'node_modules')];
  const { exitCode } = await execute('cp', ['-al', ...packages], { cwd: root, mayFail: true });
  // No hard link leads to another file system.
  if (exitCode !== 0) await execute('cp', ['-a', ...packages], { cwd: root });
  await git(folder, 'init', '--quiet', '--initial-branch=main');
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--message', 'the working tree');
  return folder;
};
