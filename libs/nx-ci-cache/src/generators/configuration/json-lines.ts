/** JSON as people write it: what fits stays on one line. */

const width = 110;

export const jsonLines = (value: unknown, indent = '', before = 0): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const flat = flatten(value);
  // The outermost braces of a file are never on one line.
  if (indent !== '' && indent.length + before + flat.length <= width) return flat;
  const inner = `${indent}  `;
  const [open, close, items] = Array.isArray(value)
    ? ['[', ']', value.map((each) => jsonLines(each, inner))]
    : ['{', '}', Object.entries(value).map(([key, each]) => `"${key}": ${jsonLines(each, inner, key.length + 4)}`)];
  return `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}${close}`;
};

const flatten = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(flatten).join(', ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${flatten(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
};
