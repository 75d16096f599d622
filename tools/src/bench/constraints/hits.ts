/** Counts the cells Nx took from its cache, from what it printed. */

export const hitsOf = (printed: string): number =>
  (printed.match(/nx run app:generate-constraints--\S+ +\[.*cache/g) ?? []).length;
