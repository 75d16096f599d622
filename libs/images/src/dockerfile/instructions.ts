/** A Dockerfile as a list of instructions, divided into lines exactly as BuildKit's parser does. */
import { directivesOf } from './directives';
import { flagsOf } from './flags';
import { heredocsOf, isEndOf } from './heredoc';
import { dockerfileInvalid } from './invalid';
import { jsonWords } from './json-words';
import { trimSpace, trimStart } from './space';

export interface Instruction {
  readonly line: number;
  /** Upper case. */
  readonly keyword: string;
  /** All behind the keyword, continuation lines joined. */
  readonly value: string;
  /** Words that begin with `--`. */
  readonly flags: readonly string[];
  /** Behind the flags. */
  readonly argument: string;
}

export interface Dockerfile {
  readonly instructions: readonly Instruction[];
  readonly escape: string;
}

/**
 * Comments, blank lines and the bodies of heredocs are left out.
 * @throws CiCacheError `OptionInvalid`: a heredoc that never ends.
 */
export const readDockerfile = (file: string, text: string): Dockerfile => {
  const lines = text
    .replace(/^\uFEFF/, '')
    .replace(/\n$/, '')
    .split('\n')
    .map(withoutEnd);
  const escape = directivesOf(lines).get('escape')?.value === '`' ? '`' : '\\';
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    let { text: joined, continues } = continued(uncommented(trimStart(lines[at] ?? '')), escape);
    if (joined === '' && !continues) continue;
    for (; continues && at + 1 < lines.length;) {
      const following = lines[++at] ?? '';
      if (trimSpace(following) === '' || isComment(following)) continue;
      const part = continued(following, escape);
      joined += part.text;
      continues = part.continues;
    }
    const instruction = instructionOf(line, joined, escape);
    instructions.push(instruction);
    at = endOfHeredocs({ file, line }, lines, at, instruction);
  }
  return { instructions, escape };
};

/** What ONBUILD holds back, which runs in the stages that stand on its own. */
export const innerOf = (instruction: Instruction): Instruction =>
  instruction.keyword === 'ONBUILD' ? instructionOf(instruction.line, instruction.value, '\\') : instruction;

const withoutEnd = (line: string): string => line.replace(/\r+$/, '');
const isComment = (line: string): boolean => trimStart(line).startsWith('#');
const uncommented = (line: string): string => (isComment(line) ? '' : line);

/** An escape before the escape keeps it from continuing the line. */
const continued = (line: string, escape: string) => {
  const body = line.replace(/[ \t]*$/, '');
  const continues = body.endsWith(escape) && !body.endsWith(escape + escape);
  return { text: continues ? body.slice(0, -1) : line, continues };
};

const instructionOf = (line: number, text: string, escape: string): Instruction => {
  const [, keyword = '', value = ''] = /^([^\t\v\f\r ]*)[\t\v\f\r ]*([^]*)$/u.exec(trimSpace(text)) ?? [];
  const { flags, rest } = flagsOf(value, escape);
  return { line, keyword: keyword.toUpperCase(), value, flags, argument: rest };
};

const endOfHeredocs = (
  place: { readonly file: string; readonly line: number },
  lines: readonly string[],
  at: number,
  { keyword, value }: Instruction,
): number => {
  const line = keyword === 'ONBUILD' ? value : `${keyword} ${value}`;
  const [, inner = '', argument = ''] = /^(RUN|COPY|ADD)\s([^]*)$/iu.exec(line) ?? [];
  if (inner === '' || !line.includes('<<') || jsonWords(flagsOf(argument, '\\').rest) !== undefined) return at;
  return heredocsOf(line).reduce((position, heredoc) => {
    const end = lines.findIndex((body, index) => index > position && isEndOf(heredoc, body));
    if (end !== -1) return end;
    throw dockerfileInvalid(
      place,
      `the heredoc <<${heredoc.word} is never closed`,
      `Close it with a line that is ${heredoc.word} and nothing else; only <<- allows tabs before it.`,
    );
  }, at);
};
