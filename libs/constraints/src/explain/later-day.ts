/** Finds, by trying, the first later day whose releases solve a cell: a release just after the cut-off is the usual cause. */

const day = 86_400_000;

/** Cut-offs one day apart, from the one after `cutoff` to the first that lies after `now`. */
export const laterDays = (cutoff: string, now: Date): readonly string[] => {
  const first = Date.parse(cutoff);
  const count = Math.max(0, Math.ceil((now.getTime() - first) / day));
  return Array.from({ length: count }, (_none, at) =>
    new Date(first + (at + 1) * day).toISOString().replace('.000Z', 'Z'),
  );
};

/**
 * The first of `cutoffs` that solves, found by halving: at most 2 + log2(n) tries. Undefined when the last one does not.
 * Releases only add choices, so what solves at one cut-off is taken to solve at every later one.
 */
export const firstSolving = async (
  cutoffs: readonly string[],
  solves: (cutoff: string) => Promise<boolean>,
): Promise<string | undefined> => {
  const last = cutoffs.at(-1);
  if (last === undefined || !(await solves(last))) return undefined;
  let [low, high] = [0, cutoffs.length - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await solves(cutoffs[middle] as string)) high = middle;
    else low = middle + 1;
  }
  return cutoffs[high];
};
