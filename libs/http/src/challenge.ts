/** What a server asks for with its 401: one header may hold several challenges, and their parameters are separated by commas too. */

export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** By lower-case name. */
  readonly parameters: Readonly<Record<string, string>>;
}

const gap = /[\s,]*/y;
const parameter = /([!#$%&'*+\-.^`|~\w]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"=]+))\s*(?=,|$)/y;
const scheme = /([!#$%&'*+\-.^`|~\w]+)(?:\s+(?:[\w\-.~+/]+=*\s*(?=,|$))?|(?=,|$))/y;
const junk = /[^,]*/y;

/** The challenges of a WWW-Authenticate header in their order. */
export const parseChallenges = (header: string | undefined): readonly Challenge[] => {
  const text = header ?? '';
  const found: { scheme: string; parameters: Record<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (take(gap) !== null && at < text.length) {
    const current = found.at(-1);
    const [, name, quoted, plain] = (current && take(parameter)) ?? [];
    if (current !== undefined && name !== undefined) {
      current.parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
      continue;
    }
    const [, named] = take(scheme) ?? [];
    if (named === undefined) take(junk);
    else found.push({ scheme: named.toLowerCase(), parameters: {} });
  }
  return found;
};
