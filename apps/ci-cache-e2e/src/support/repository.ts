/** This repository's working tree as a fresh checkout of its own branch main, so that tests never touch the real one. */
import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from './execute';
import { e2eFolder } from './workspace';

const root = join(__dirname, '../../../..');

export const copyOfThisRepository = async (): Promise<string> => {
  const folder = join(mkdtempSync(join(e2eFolder(), 'repository-')), 'main');
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
  const { stdout } = await execute('git', list, { cwd: root });
  const { stdout: deleted } = await execute('git', ['ls-files', '--deleted', '-z'], { cwd: root });
  const gone = new Set(deleted.split('\0'));
  for (const file of stdout.split('\0').filter((each) => each !== '' && !gone.has(each))) {
    cpSync(join(root, file), join(folder, file), { verbatimSymlinks: true });
  }
  // Hard links keep npm's relative links to the libraries, which must lead into the copy.
  await execute('cp', ['-al', join(root, 'node_modules'), join(folder, 'node_modules')], { cwd: root });
  const git = (...args: string[]) =>
    execute('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'the working tree');
  return folder;
};
