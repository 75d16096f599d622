/** A table of 100 columns without markup: cells wrap between words, and a word longer than its column is broken. */
import wrapAnsi from 'wrap-ansi';

const gap = 2;

/** @param widths of the columns with the gap behind each, together no more than a terminal is wide. */
export const terminalTable = (widths: readonly number[], rows: readonly (readonly string[])[]): string =>
  rows.flatMap((row) => linesOf(row, widths)).join('\n');

const linesOf = (row: readonly string[], widths: readonly number[]): string[] => {
  const cells = widths.map((width, at) => wrapAnsi(row[at] ?? '', width - gap, { hard: true }).split('\n'));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((cell, at) => (cell[line] ?? '').padEnd(widths[at] ?? 0))
      .join('')
      .trimEnd(),
  );
};
