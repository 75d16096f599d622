/** A table of 100 columns without markup: words wrap, and what is longer than its column is broken. */
import cliui from 'cliui';

export const terminalWidth = 100;

/** @param widths of the columns, together no more than a terminal is wide. */
export const terminalTable = (widths: readonly number[], rows: readonly (readonly string[])[]): string => {
  const ui = cliui({ width: terminalWidth, wrap: true });
  for (const row of rows) ui.div(...row.map((text, at) => ({ text, width: widths[at] ?? 0, padding: [0, 2, 0, 0] })));
  return ui
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
};
