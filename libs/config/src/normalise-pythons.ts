/** Pythons as people write them → X.Y, which names everything made for one, and the patch release where it is written. */
import type { Config } from '@nx-ci-cache/records';

export const normalisePythons = (written: readonly string[]): Pick<Config, 'pythons' | 'patches'> => {
  const minor = (python: string): string => python.split('.').slice(0, 2).join('.');
  const patches = written.filter((python) => python !== minor(python)).map((python) => [minor(python), python]);
  return { pythons: written.map(minor), ...(patches.length > 0 && { patches: Object.fromEntries(patches) }) };
};
