/** Lines of requirements or bounds: each names a released package, or a file of the workspace that has more of them. */
import { invalid, type Place } from '@nx-ci-cache/config';
import { insteadOf } from './options';
import { checkRequirement, shown } from './requirement';

/** Each as the resolver reads it, under its old number. */
export const linesOf = (text: string): readonly string[] =>
  // The resolver ends a line at each of the three, so that a lone \r could hide one from us.
  joinContinued(text.replaceAll(/\r\n?/g, '\n')).split('\n');

/** Whether it says anything. */
export const isWritten = (line: string): boolean => !/^\s*(#|$)/.test(line);

/** @throws CiCacheError `OptionInvalid` for an option, and for what is no requirement of a released package. */
export const checkLine = (line: string, place: Place): void => {
  if (!isWritten(line)) return;
  const text = line.trim();
  if (text.startsWith('-')) throw invalid(place, shown(text), allowed, insteadOf(text));
  checkRequirement(text, place);
};

const allowed = 'requirements, e.g. "requests>=2", comments, and -r or -c with a file of the workspace';

/** A line that leads to another file. */
export interface Lead {
  readonly kind: 'requirements' | 'bounds';
  /** As it is written, without quotes. */
  readonly target: string;
}

export const leadOf = (line: string): Lead | undefined => {
  const [, option, value] = leading.exec(line.trim()) ?? [];
  if (option === undefined || value === undefined) return undefined;
  const target = value.replace(/\s#.*$/, '').trim();
  return {
    kind: /^--?r/.test(option) ? 'requirements' : 'bounds',
    target: /^(["']).*\1$/.test(target) ? target.slice(1, -1) : target,
  };
};

/** The short form needs nothing between itself and the file. */
const leading = /^(-[rc]|--requirement(?=[\s=])|--constraint(?=[\s=]))\s*=?\s*(\S.*)$/;

/** pip knows lines that go on after a backslash, the resolver does not. Empty lines keep the numbers of those below. */
const joinContinued = (text: string): string =>
  text.replaceAll(/^(?:[^#\n]*\\\n)+.*$/gm, (lines) => {
    const parts = lines.split('\\\n');
    return parts.join(' ') + '\n'.repeat(parts.length - 1);
  });
