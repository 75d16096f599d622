/** Text from outside, made harmless, and tables of it. */
import { inertText } from '@nx-ci-cache/process';
import { markdownTable } from 'markdown-table';

/**
 * Names and messages come from servers and files: they may hold markup, control sequences and CI commands. Secrets are
 * removed from the finished text: a comparison has many thousand cells.
 */
export const escape = (text: string): string =>
  inertText(text).replaceAll('::', ':\u200b:').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|');

/** Rows of plain text; a line break in a cell would end the table, a bracket could begin a link or an image. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable([head, ...rows].map((row) => row.map(cell)));

const cell = (text: string): string => escape(text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')).replaceAll('[', '\\[');
