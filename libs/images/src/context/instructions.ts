/** A Dockerfile as a list of instructions: just enough reading to see which images it stands on. */

export interface Instruction {
  readonly line: number;
  /** Upper case. */
  readonly keyword: string;
  /** The rest, continuation lines joined by a space. */
  readonly value: string;
}

const heredoc = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/g;

/** Comments, blank lines and the bodies of heredocs are left out. */
export const parseInstructions = (text: string): Instruction[] => {
  const lines = text.split(/\r?\n/);
  const continued = /^#\s*escape\s*=\s*`/im.test(text) ? /`\s*$/ : /\\\s*$/;
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = at + 1;
    if (isSkipped(lines[at])) continue;
    let value = (lines[at] ?? '').trim();
    while (continued.test(value) && at + 1 < lines.length) {
      at++;
      value = `${value.replace(continued, '').trimEnd()} ${isSkipped(lines[at]) ? '\\' : (lines[at] ?? '').trim()}`;
    }
    const [, keyword = '', rest = ''] = /^(\S+)\s*([\s\S]*)$/.exec(value) ?? [];
    instructions.push({ line, keyword: keyword.toUpperCase(), value: rest });
    at = endOfHeredocs(lines, at, keyword, rest);
  }
  return instructions;
};

const isSkipped = (line: string | undefined): boolean => /^\s*(#|$)/.test(line ?? '');

const endOfHeredocs = (lines: readonly string[], at: number, keyword: string, rest: string): number => {
  if (!/^(RUN|COPY|ADD)$/i.test(keyword)) return at;
  return [...rest.matchAll(heredoc)].reduce((position, [, , word]) => {
    const end = lines.findIndex((line, index) => index > position && line.trim() === word);
    return end === -1 ? position : end;
  }, at);
};
