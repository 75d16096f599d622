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
  const texts = await Promise.all(paths.map((path) => readLoosely(join(workspaceRoot, path))));
  const names = texts.flatMap((text) => distributionName(text) ?? []).map(normaliseName);
  return [...new Set(names)].sort();
};

/** Without its byte order mark; a file that git still lists and nobody has any more is empty. */
const readLoosely = async (path: string): Promise<string> => {
  const bytes = await readFile(path).catch(() => undefined);
  return new TextDecoder().decode(bytes);
};

/**
 * Names and patterns that are never in the file.
 * @param found names the workspace makes; only what is written may hold a `*`.
 * @param written patterns of ci-cache.json: `acme-*` adds, `!acme-*` takes away from `found`.
 */
export const ownPackages = (found: readonly string[], written: readonly string[] = []): readonly string[] => {
  const released = written.filter((each) => each.startsWith('!')).map((each) => each.slice(1));
  return [...found.filter((name) => !isOwn(name, released)), ...written.filter((each) => !each.startsWith('!'))];
};

/** Whether a normalised name is one of `own`, whose `*` stands for any text and all else for itself. */
export const isOwn = (name: string, own: readonly string[]): boolean =>
  own.some((each) => new RegExp(`^${each.split('*').map(literally).join('.*')}$`).test(name));

const literally = (text: string): string => normaliseName(text).replaceAll(/[^a-z0-9-]/g, '\\$&');
