/** One text, two places to read it: a file in markdown, and a terminal, which knows no markup. */
import { inertText } from '@nx-ci-cache/process';
import { codeBlock, inline } from './inline';
import { table } from './table';
import { terminalTable } from './terminal-table';

export interface Markup {
  readonly heading: (level: number, text: string) => string;
  /** Text from outside within a line. */
  readonly inline: (text: string) => string;
  /** Text from outside as it is, line by line. */
  readonly block: (text: string) => string[];
  /** @param widths of the columns on a terminal, the gap behind each included: 100 together. */
  readonly table: (widths: readonly number[], rows: readonly [readonly string[], ...(readonly string[])[]]) => string;
}

export const markdown: Markup = {
  heading: (level, text) => `${'#'.repeat(level)} ${text}`,
  inline,
  block: codeBlock,
  table: (_widths, [head, ...rows]) => table(head, rows),
};

const line = (text: string): string => inertText(text).replaceAll(/\s+/g, ' ').trim();

export const plain: Markup = {
  heading: (_level, text) => text,
  inline: line,
  block: codeBlock,
  table: (widths, rows) =>
    terminalTable(
      widths,
      rows.map((row) => row.map(line)),
    ),
};
