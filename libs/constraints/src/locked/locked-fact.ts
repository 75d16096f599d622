/** What a lock holds for one cell, as a fact: a change of the lock that does not reach it misses nothing. */
import { invalid } from '@nx-ci-cache/config';
import type { CellFacts, LockedFact } from '@nx-ci-cache/records';
import { isOwn } from '../requirements/own-packages';
import { readLock } from '../requirements/lock-source';
import { isAdmitted } from '../requirements/requires-python';
import { modePlace, type ModeSource } from '../requirements/source-file';
import { lockedPins } from './lock';

/** Undefined for a mode without a lock. @param own names, or patterns, that are never in the file. */
export const lockedFacts = (
  source: ModeSource,
  own: readonly string[],
): ((cell: Pick<CellFacts, 'python' | 'patch' | 'platform'>) => LockedFact) | undefined => {
  const { lock } = source.mode;
  if (lock === undefined) return undefined;
  const { file, toml } = readLock(lock, source);
  const requires = toml['requires-python'];
  return (cell) => {
    if (typeof requires === 'string' && !isAdmitted(cell.patch ?? cell.python, requires))
      throw invalid(
        { file, key: 'requires-python' },
        requires,
        `bounds that admit Python ${cell.python}, for which the mode ${source.mode.name} is made`,
        `Leave ${cell.python} out of ${modePlace(source, 'pythons').key} in ${source.config.file}, or widen the bounds.`,
      );
    const { pins, members, elsewhere } = lockedPins(toml, file, lock, cell);
    for (const [name, from] of elsewhere)
      if (!isOwn(name, own))
        throw invalid(
          { file, key: name },
          from,
          'packages of an index, because a constraint file holds no URL',
          `Name ${name} in ${modePlace(source, 'ownPackages').key} to leave it out, or ask for no extra or group that needs it.`,
        );
    return {
      path: lock.path,
      pins: [...pins]
        .map(([name, version]) => `${name}==${version}\n`)
        .sort()
        .join(''),
      others: [
        ...[...members].map(([name, version]) => (version === '' ? name : `${name}==${version}`)),
        ...[...elsewhere].map(([name, from]) => `${name} @ ${from}`),
      ].sort(),
    };
  };
};
