/** A constraint file line by line, without trust: what each line is, so that every wrong one can be named. */
import { valid } from '@renovatebot/pep440';
import { pinOf } from '@nx-ci-cache/records';
import { normaliseName, type Pins } from './pins';

export type LineKind = 'pin' | 'editable' | 'url' | 'option' | 'hash' | 'marker' | 'extra' | 'range' | 'junk';

export interface Line {
  /** Counted from 1. */
  readonly number: number;
  readonly text: string;
  readonly kind: LineKind;
  /** Of a pin: its normalised name and its version. */
  readonly name?: string;
  readonly version?: string;
}

/** The first that fits names the fault. */
const faults: readonly (readonly [LineKind, RegExp])[] = [
  ['editable', /^(-e|--editable)\b/],
  ['hash', /--hash\b/],
  ['option', /^-/],
  ['url', /@|:\/\/|^\.{0,2}\//],
  ['marker', /;/],
  ['extra', /\[/],
  ['range', /[<>~!=]/],
];

/** Every line that is neither blank nor a comment. */
export const readLines = (text: string): Line[] =>
  text.split('\n').flatMap((raw, index) => {
    const line = raw.trim();
    return line === '' || line.startsWith('#') ? [] : [{ number: index + 1, text: line, ...meaningOf(line) }];
  });

const meaningOf = (line: string): Pick<Line, 'kind' | 'name' | 'version'> => {
  const pin = pinOf(line);
  if (pin !== undefined && valid(pin.version) !== null) {
    return { kind: 'pin', name: normaliseName(pin.name), version: pin.version };
  }
  return { kind: faults.find(([, pattern]) => pattern.test(line))?.[0] ?? 'junk' };
};

/** Versions by normalised name; lines that are no pin are passed over, and of two pins of one name the first counts. */
export const pinsOf = (lines: readonly Line[]): Pins =>
  new Map(lines.flatMap(({ name, version }) => (name && version ? [[name, version] as const] : [])).reverse());
