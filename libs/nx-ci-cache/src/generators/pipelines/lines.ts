/** Texts of a template that depend on the configuration. */

export const when = (condition: boolean, text: string): string => (condition ? text : '');

/** Each line below the other, empty ones left out. */
export const below = (...lines: readonly string[]): string => lines.filter((line) => line !== '').join('\n');

export const indented = (text: string, spaces: number): string => text.replaceAll(/^/gm, ' '.repeat(spaces));

/** A text of YAML that no quotes are needed for, or in quotes. */
export const scalar = (text: string): string =>
  /^[\w./][\w @%+=:,./'-]*$/.test(text) && !/: |:$|^[\d.]+$|^(true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : `'${text.replaceAll("'", "''")}'`;
