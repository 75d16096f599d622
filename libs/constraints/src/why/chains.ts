/** How a package came into a cell: chains from a requirement file down to it. */
import type { Requirer, Requirers } from '../resolver/annotated';

/** For each that requires `name`, a shortest chain from a requirement file, shortest first. */
export const chainsTo = (name: string, requirers: Requirers): string[][] =>
  (requirers.get(name) ?? [])
    .flatMap((requirer) => {
      const chain = chainThrough(requirer, requirers, new Set([name]));
      return chain === undefined ? [] : [[...chain, name]];
    })
    .sort((left, right) => left.length - right.length || (left.join() < right.join() ? -1 : 1));

/** Breadth first, so that the first requirement file met ends a shortest chain; undefined for a circle. */
const chainThrough = (first: Requirer, requirers: Requirers, seen: Set<string>): string[] | undefined => {
  let chains: { readonly top: Requirer; readonly below: readonly string[] }[] = [{ top: first, below: [] }];
  while (chains.length > 0) {
    const done = chains.find(({ top }) => 'input' in top);
    if (done !== undefined && 'input' in done.top) return [done.top.input, ...done.below];
    chains = chains.flatMap(({ top, below }) => {
      if (!('package' in top) || seen.has(top.package)) return [];
      seen.add(top.package);
      return (requirers.get(top.package) ?? []).map((next) => ({ top: next, below: [top.package, ...below] }));
    });
  }
  return undefined;
};
