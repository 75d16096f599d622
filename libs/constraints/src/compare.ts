/** Two constraint files held against each other by normalised name: comments and order never count. */
import { compare } from '@renovatebot/pep440';
import type { FileChanges, PinChange } from '@nx-ci-cache/report';
import { parsePins, type Pins } from './pins';

/** @param published text on the branch, undefined when the file is new there. */
export const compareConstraints = (file: string, published: string | undefined, generated: string): FileChanges => {
  const before: Pins = published === undefined ? new Map() : parsePins(published, `published ${file}`);
  const after = parsePins(generated, file);
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = names.flatMap((name) => changeOf(name, before.get(name), after.get(name)));
  return { file, published: published !== undefined, unchanged: names.length - changes.length, changes };
};

const changeOf = (name: string, from: string | undefined, to: string | undefined): PinChange[] => {
  if (from === to) return [];
  if (from === undefined) return [{ name, kind: 'added', to: to as string }];
  if (to === undefined) return [{ name, kind: 'removed', from }];
  return [{ name, kind: compare(from, to) < 0 ? 'upgraded' : 'downgraded', from, to }];
};
