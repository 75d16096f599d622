/** A path of a commit as a file system would open it: through symbolic links, on the way and at the end, and never out. */
import { posix } from 'node:path';
import type { Checkout } from './checkout';
import { prefixOf } from './head';
import { textOf } from './objects';
import { entriesAt, type TreeEntry } from './tree';

/** Where a path leads, relative to the folder git runs in. */
export type Followed =
  | (Way & { readonly end: 'entry'; readonly entry: TreeEntry })
  | (Way & { readonly end: 'nothing'; readonly path: string })
  /** A link leads out of the repository, or round. */
  | { readonly end: 'outside' | 'loop'; readonly link: string; readonly target: string };

export interface Way {
  /** Every link that was followed. */
  readonly links: readonly string[];
  /** Where the name itself is a link, its folders followed; undefined when only folders on the way are. */
  readonly linkAt?: string;
}

/** As many as Linux follows. */
const most = 40;

/** @throws CiCacheError `CommandFailed` for an answer that breaks off. */
export const followed = async (
  checkout: Checkout,
  commit: string,
  path: string,
  way: Way = { links: [] },
): Promise<Followed> => {
  const steps = stepsTo(path);
  const entries = new Map((await entriesAt(checkout, commit, steps)).map((entry) => [entry.path, entry]));
  const link = steps.find((step) => entries.get(step)?.mode === '120000');
  const linked = link === undefined ? undefined : entries.get(link);
  if (link === undefined || linked === undefined) {
    const entry = entries.get(path);
    return entry === undefined ? { end: 'nothing', path, ...way } : { end: 'entry', entry, ...way };
  }
  const target = await textOf(checkout, linked.oid);
  const next = posix.join(posix.dirname(link), target, path.slice(link.length)).replace(/\/$/, '');
  if (target.startsWith('/') || (await isOutside(checkout, next))) return { end: 'outside', link, target };
  if (way.links.length === most) return { end: 'loop', link, target };
  const linkAt = way.linkAt ?? (link === path ? path : undefined);
  const links = [...way.links, link];
  return followed(checkout, commit, next, { links, ...(linkAt === undefined ? {} : { linkAt }) });
};

/** `a/b/c` → `a`, `a/b`, `a/b/c`; what leads upwards is no step. */
const stepsTo = (path: string): string[] =>
  [...`${path}/`.matchAll(/[^/]\//g)]
    .map(({ index }) => path.slice(0, index + 1))
    .filter((step) => !/(^|\/)\.\.$/.test(step));

const isOutside = async (checkout: Checkout, path: string): Promise<boolean> => {
  if (path.split('/')[0] !== '..') return false;
  return posix.join(await prefixOf(checkout), path).split('/')[0] === '..';
};
