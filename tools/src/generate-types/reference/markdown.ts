/** Tables and cells of the generated pages, in the plainest markdown: git hosts and the site show them alike. */

export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** Words of a schema as they are: `<name>` is no tag, and a backslash escapes nothing. */
export const prose = (text = ''): string => text.replaceAll('\\', '\\\\').replaceAll('<', '&lt;');

/** What stands in a cell stays in it: on one line, and no bar ends it. */
const cell = (text: string): string => text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** @param source what the page is made from, for who wants to change it. */
export const page = (title: string, source: string, ...parts: readonly string[]): string =>
  [`# ${title}`, `<!-- Generated from ${source} by tools/generate-types: change that one. -->`, ...parts].join('\n\n') +
  '\n';
