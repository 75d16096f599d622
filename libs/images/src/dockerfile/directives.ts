/** Parser directives: the comments above everything else that tell how the file is to be read. */
import { trimSpace, trimStart } from './space';

export interface Directive {
  readonly line: number;
  readonly value: string;
}

const known = ['syntax', 'escape', 'check'];

/** By name; the first line that is none ends them. */
export const directivesOf = (lines: readonly string[]): ReadonlyMap<string, Directive> =>
  new Map([...directiveLines(lines, '#', trimStart)].reverse());

/** The image that reads the file in place of BuildKit's own reader, where one is named. */
export const syntaxOf = (text: string): Directive | undefined => {
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const isShebang = first.startsWith('#!');
  const lines = isShebang ? rest : [first, ...rest];
  const [, found] =
    ['#', '//'].flatMap((mark) => [...directiveLines(lines, mark)]).find(([name]) => name === 'syntax') ?? [];
  if (found === undefined) return syntaxOfJson(text);
  return { line: found.line + (isShebang ? 1 : 0), value: found.value.split(' ')[0] ?? '' };
};

/** Another reader than Docker's own may know other instructions, and take what we do not see. */
export const isDockersSyntax = (text: string): boolean =>
  /(^|\/)docker\/dockerfile(-upstream)?([:@]|$)/.test(syntaxOf(text)?.value ?? 'docker/dockerfile');

function* directiveLines(lines: readonly string[], mark: string, prepared = (line: string) => line) {
  for (const [index, line] of lines.entries()) {
    const text = prepared(line);
    const directive = text.startsWith(mark) ? trimStart(text.slice(mark.length)) : '';
    const [, name = '', value = ''] = /^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/u.exec(directive) ?? [];
    if (!known.includes(name.toLowerCase())) return;
    yield [name.toLowerCase(), { line: index + 1, value: trimSpace(value) }] as const;
  }
}

const syntaxOfJson = (text: string): Directive | undefined => {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    const value: unknown = (JSON.parse(text) as Readonly<Record<string, unknown>>)['syntax'];
    return typeof value === 'string' ? { line: 1, value } : undefined;
  } catch {
    return undefined;
  }
};
