/** The bytes of a constraint file: a function of the facts and the pins alone. */
import type { CellFacts } from '@nx-ci-cache/records';
import type { Pins } from './pins';

/** Sorted pins under a header without time of day, host or path, so that equal facts have equal bytes everywhere. */
export const renderConstraints = (
  { mode, python, patch = python, platform, linux, locked, cutoff, resolver }: CellFacts,
  pins: Pins,
): string =>
  [
    `# ${mode} for Python ${patch}${placeOf([platform, linux])}`,
    locked === undefined
      ? `# Releases up to ${cutoff.slice(0, 10)}, resolved by ${resolver}.`
      : `# What ${locked.path} holds.`,
    '# Written by nx-ci-cache: edit the requirements, not this file.',
    ...[...pins].map(([name, version]) => `${name}==${version}`).sort(),
    '',
  ].join('\n');

const placeOf = (words: readonly (string | undefined)[]): string => {
  const said = words.filter((word) => word !== undefined);
  return said.length === 0 ? '' : ` on ${said.join(', ')}`;
};
