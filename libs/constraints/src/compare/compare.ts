/** Two constraint files held against each other by normalised name: comments and order never count. */
import { compare } from '@renovatebot/pep440';
import type { FileChanges, PinChange } from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';

/** @param published pins on the branch, undefined when the file is new there. */
export const comparePins = (file: string, published: Pins | undefined, generated: Pins): FileChanges => {
  const before: Pins = published ?? new Map();
  const names = [...new Set([...before.keys(), ...generated.keys()])].sort();
  const changes = names.flatMap((name) => changeOf(name, before.get(name), generated.get(name)));
  return { file, published: published !== undefined, unchanged: names.length - changes.length, changes };
};

const changeOf = (name: string, from: string | undefined, to: string | undefined): PinChange[] => {
  if (from === undefined || to === undefined) {
    if (to !== undefined) return [{ name, kind: 'added', to }];
    return from === undefined ? [] : [{ name, kind: 'removed', from }];
  }
  const order = compare(from, to);
  // `1` and `1.0` are one version in two spellings.
  return order === 0 ? [] : [{ name, kind: order < 0 ? 'upgraded' : 'downgraded', from, to }];
};
