/** Text from outside as markdown that shows exactly that text: plain where nothing in it means anything, else as code. */
import { inertText } from '@nx-ci-cache/process';

/** Letters, digits and signs without meaning within a line; `_` only inside of a word. */
const plain = /^(?:[\p{L}\p{N} .,:;()=+→−%'"/^!?{}-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))*$/u;
/** Links that are made of bare addresses, and `:emoji:`. */
const magic = /:\/\/|www\.|:[a-z+-][\w+-]*:/i;
/** What would begin a list, a heading or a rule at the start of a line or of a list's item. */
const begins = /^(?:[-+=]|\d+[.)])(?:\s|$|[-=])/;

/**
 * One line. Names and messages come from servers and files: they may hold markup, control sequences and CI commands.
 * Secrets are removed from the finished text: a comparison has many thousand cells.
 */
export const inline = (text: string): string => {
  const line = inertLine(text);
  return plain.test(line) && !magic.test(line) && !begins.test(line) ? line : codeSpan(line);
};

/** Of a table, where a line begins with the table and a `|` ends the cell even within code. */
export const cell = (text: string): string => {
  const line = inertLine(text);
  if (plain.test(line) && !magic.test(line)) return line;
  // Nothing says "a backslash and then a bar" within code of a cell.
  return line.includes('\\|') ? entities(line) : codeSpan(line).replaceAll('|', '\\|');
};

/** Lines of an indented block, in which nothing has a meaning and so nothing is escaped; a paragraph before it ends first. */
export const codeBlock = (text: string): string[] =>
  withoutCommands(inertText(text))
    .replace(/^\n+/, '')
    .split('\n')
    .map((line) => `    ${line}`.trimEnd());

const inertLine = (text: string): string =>
  withoutCommands(inertText(text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ')))
    .replaceAll(/ +/g, ' ')
    .trim();

const withoutCommands = (text: string): string => text.replaceAll('::', ':\u200b:');

const codeSpan = (line: string): string => {
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padding = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${padding}${line}${padding}${fence}`;
};

const entities = (line: string): string =>
  line.replaceAll(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
