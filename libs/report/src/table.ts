/** Text from outside, made harmless, and tables of it. */
import { markdownTable } from 'markdown-table';

/** Without control sequences and CI commands: for code blocks, in which markup means nothing. */
export const harmless = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll('::', ':\u200b:');

/** Names and messages come from servers and files: they may hold markup, control sequences and CI commands. */
export const escape = (text: string): string =>
  harmless(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|');

/** Rows of plain text; a line break in a cell would end the table, a bracket could begin a link or an image. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable([head, ...rows].map((row) => row.map(cell)));

const cell = (text: string): string => escape(text.replaceAll(/[\n\u2028\u2029]+/g, ' ')).replaceAll('[', '\\[');
