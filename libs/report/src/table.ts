/** Tables of text from outside. */
import { markdownTable } from 'markdown-table';
import { cell } from './inline';

/** Rows of plain text, each cell on one line. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable([head, ...rows].map((row) => row.map(cell)));
