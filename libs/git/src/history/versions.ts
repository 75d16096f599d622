/** What files were in the commits before one, and which of some commits are the newest: read from the checkout alone. */
import { text as whole } from 'node:stream/consumers';
import { brokenOff } from '../command/answer';
import type { Checkout } from '../checkout/checkout';
import { textOf } from '../checkout/objects';
import { entriesAt } from '../checkout/tree';
import { checkOid, isOid } from '../oid';

/** Text by path; a file that the commit does not have is left out. */
export type Version = Readonly<Record<string, string>>;

/**
 * Every different content of `paths` together, the newest first, of a commit and those it comes from.
 * @throws CiCacheError `CommandFailed`.
 */
export const versionsOf = async (checkout: Checkout, commit: string, paths: readonly string[]): Promise<Version[]> => {
  checkOid(commit);
  const range = ['--full-history', commit, '--', ...paths];
  const commits = lines(await checkout.text(['rev-list', ...range]));
  // None is an answer too, so how many there are is asked beside.
  const count = (await checkout.text(['rev-list', '--count', ...range])).trim();
  if (!commits.every(isOid) || count !== String(commits.length)) throw brokenOff('rev-list', 'the list of commits');
  const versions = new Map<string, Version>();
  for (const each of commits) {
    const entries = (await entriesAt(checkout, each, paths)).filter(({ type }) => type === 'blob');
    const key = entries.map(({ path, oid }) => `${oid} ${path}`).join('\n');
    if (entries.length === 0 || versions.has(key)) continue;
    const texts = entries.map(async ({ path, oid }) => [path, await textOf(checkout, oid)] as const);
    versions.set(key, Object.fromEntries(await Promise.all(texts)));
  }
  return [...versions.values()];
};

/** Those of `commits` that the checkout has: none before one that came from it, else by their time. @throws CiCacheError `CommandFailed`. */
export const newestFirst = async (checkout: Checkout, commits: readonly string[]): Promise<readonly string[]> => {
  commits.forEach(checkOid);
  const ask = async (args: readonly string[], input: readonly string[]) =>
    lines(await checkout.stream(args, whole, input.map((line) => `${line}\n`).join('')));
  const told = await ask(['cat-file', '--batch-check=%(objectname) %(objecttype)'], commits);
  if (told.length !== commits.length) throw brokenOff('cat-file');
  const known = commits.filter((commit, at) => told[at] === `${commit} commit`);
  if (known.length === 0) return [];
  const wanted = new Set(known);
  const sorted = (await ask(['rev-list', '--date-order', '--stdin'], known)).filter((commit) => wanted.has(commit));
  if (sorted.length !== known.length) throw brokenOff('rev-list', 'the list of commits');
  return sorted;
};

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
