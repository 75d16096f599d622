/** Environment markers, evaluated for the Python and the Linux of a cell, as an installer there would. */
import { satisfies, valid } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { machineOf } from '../target/platform';

export interface MarkerEnvironment {
  readonly values: Readonly<Record<string, string>>;
  /** What `extra` is compared with: a lock writes extras and groups that exclude each other in this way, too. */
  readonly extras: ReadonlySet<string>;
}

export const environmentOf = (
  { python, patch = `${python}.0`, platform }: Pick<CellFacts, 'python' | 'patch' | 'platform'>,
  extras: readonly string[] = [],
): MarkerEnvironment => ({
  values: {
    ...{ python_version: python, python_full_version: patch, implementation_version: patch },
    ...{ implementation_name: 'cpython', platform_python_implementation: 'CPython' },
    ...{
      os_name: 'posix',
      sys_platform: 'linux',
      platform_system: 'Linux',
      platform_machine: machineOf(platform) ?? '',
    },
    ...{ platform_release: '', platform_version: '' },
  },
  extras: new Set(extras),
});

/** @throws Error for a marker that is none. */
export const admits = (marker: string, environment: MarkerEnvironment): boolean => {
  const tokens = marker.match(/"[^"]*"|'[^']*'|[()]|not\s+in\b|[\w.]+|[<>=!~]+/g) ?? [];
  const malformed = () => new Error(`no marker: ${JSON.stringify(marker)}`);
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const isNext = (word: string): boolean => tokens[at] === word && (at += 1) > 0;
  const any = (): boolean => {
    let holds = all();
    while (isNext('or')) holds = all() || holds;
    return holds;
  };
  const all = (): boolean => {
    let holds = one();
    while (isNext('and')) holds = one() && holds;
    return holds;
  };
  const one = (): boolean => {
    if (!isNext('(')) return compared(next(), next().replace(/\s+/g, ' '), next(), environment);
    const holds = any();
    if (!isNext(')')) throw malformed();
    return holds;
  };
  if (tokens.length === 0) return true;
  const holds = any();
  if (at !== tokens.length) throw malformed();
  return holds;
};

const compared = (left: string, operator: string, right: string, { values, extras }: MarkerEnvironment): boolean => {
  const literal = /^["'](.*)["']$/;
  const [isTurned, name, text] = literal.test(left)
    ? [true, right, left.slice(1, -1)]
    : [false, left, literal.exec(right)?.[1]];
  if (name === 'extra' && text !== undefined) return (operator === '==') === extras.has(text);
  const value = values[name];
  if (value === undefined || text === undefined) throw new Error(`no marker: ${left} ${operator} ${right}`);
  if (operator === 'in' || operator === 'not in')
    return (isTurned ? value.includes(text) : text.includes(value)) === (operator === 'in');
  const order = isTurned ? (turned[operator] ?? operator) : operator;
  if (versions.test(name) && (valid(text) !== null || text.endsWith('.*'))) return satisfies(value, `${order}${text}`);
  return order === '==' ? value === text : order === '!=' ? value !== text : ordered(value, order, text);
};

const versions = /_version$/;
const turned: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

const ordered = (value: string, operator: string, text: string): boolean =>
  (operator.includes('=') && value === text) || (operator.startsWith('<') ? value < text : value > text);
