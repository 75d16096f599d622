/** The workspace's own distributions: what the branch itself builds is never pinned in its constraints. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { normaliseName } from '@nx-ci-cache/config';
import { childEnvironment, run } from '@nx-ci-cache/process';
import { distributionName } from './pyproject';

/** Names of all distributions that git's files of the workspace make, sorted. */
export const findOwnPackages = async (workspaceRoot: string): Promise<readonly string[]> => {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', '*pyproject.toml'];
  const { stdout } = await run({ file: 'git', args, env: childEnvironment(), cwd: workspaceRoot });
  const paths = stdout.split('\0').filter((path) => /(^|\/)pyproject\.toml$/.test(path));
  const texts = await Promise.all(paths.map((path) => readFile(join(workspaceRoot, path), 'utf8').catch(() => '')));
  const names = texts.flatMap((text) => distributionName(text) ?? []).map(normaliseName);
  return [...new Set(names)].sort();
};

/**
 * Names and patterns that are never in the file.
 * @param found names the workspace makes.
 * @param written patterns of ci-cache.json: `acme-*` adds, `!acme-*` takes away from `found`.
 */
export const ownPackages = (found: readonly string[], written: readonly string[] = []): readonly string[] => {
  const released = written.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
  return [...found.filter((name) => !isOwn(name, released)), ...written.filter((each) => !each.startsWith('!'))];
};

/** Whether a normalised name is one of `own`, whose `*` stands for any text. */
export const isOwn = (name: string, own: readonly string[]): boolean =>
  own.some((each) => new RegExp(`^${each.split('*').map(normaliseName).join('.*')}$`).test(name));
