/** The workspace's own distributions: what the branch itself builds is never pinned in its constraints. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isPyproject, normaliseName } from '@nx-ci-cache/config';
import { checkout, filesOf } from '@nx-ci-cache/git';
import { distributionName } from './project';

/** Names of all distributions that git's files of the workspace make, sorted. */
export const findOwnPackages = async (workspaceRoot: string): Promise<readonly string[]> => {
  const paths = (await filesOf(checkout(workspaceRoot))).filter(isPyproject);
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
 * Names and patterns that are never in the file, with the exceptions behind them.
 * @param found names the workspace makes; only what is written may hold a `*` or a `!`.
 * @param written patterns of ci-cache.json: `acme-*` adds, `!acme-*` takes away.
 */
export const ownPackages = (found: readonly string[], written: readonly string[] = []): readonly string[] => [
  // A released member is no fact: a new one would miss every cell.
  ...found.filter((name) => isOwn(name, [name, ...written])),
  ...written,
];

/** Whether a normalised name is one of `own`, in any order: `*` stands for any text, and a `!` before it always wins. */
export const isOwn = (name: string, own: readonly string[]): boolean => {
  const fitting = own.filter((each) => matches(name, each.replace(/^!/, '')));
  return fitting.length > 0 && !fitting.some((each) => each.startsWith('!'));
};

const matches = (name: string, pattern: string): boolean =>
  new RegExp(`^${pattern.split('*').map(literally).join('.*')}$`).test(name);

const literally = (text: string): string => normaliseName(text).replaceAll(/[^a-z0-9-]/g, '\\$&');
