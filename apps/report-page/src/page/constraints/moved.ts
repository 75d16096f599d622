/** Where a key leads within a grid that may have gaps. */

type Grid = readonly (readonly (string | undefined)[])[];

const steps: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cell that gets the focus; undefined for a key that is none of ours, and where there is no further cell. */
export const moved = (grid: Grid, current: string | undefined, key: string): string | undefined => {
  const row = grid.findIndex((cells) => cells.includes(current));
  const cells = (grid[row] ?? []).filter((cell) => cell !== undefined);
  if (key === 'Home') return cells[0];
  if (key === 'End') return cells.at(-1);
  const step = steps[key];
  if (step === undefined || row < 0) return undefined;
  const [down, right] = step;
  let [y, x] = [row + down, (grid[row] ?? []).indexOf(current) + right];
  for (; grid[y]?.length !== undefined && x >= 0 && x < (grid[y]?.length ?? 0); y += down, x += right)
    if (grid[y]?.[x] !== undefined) return grid[y]?.[x];
  return undefined;
};
