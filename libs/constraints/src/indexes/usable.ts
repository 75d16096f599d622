/** Whether a cell can use a wheel, by its file name alone: its Python, and the oldest glibc it asks for. */
import type { CellFacts } from '@nx-ci-cache/records';
import { machineOf } from '../target/platform';

type Target = Pick<CellFacts, 'python' | 'linux' | 'platform'>;

/** What the resolver takes a plain `linux` for. */
const plain = 'manylinux_2_28';
const named: Readonly<Record<string, number>> = { manylinux1: 5, manylinux2010: 12, manylinux2014: 17 };

export const isUsableWheel = (file: string, target: Target): boolean =>
  (neededGlibc(file, target) ?? Infinity) <= Number((target.linux ?? plain).replace('manylinux_2_', ''));

/** N of the oldest glibc 2.N it runs with on that platform, 0 for any; undefined for another Python or system. */
export const neededGlibc = (file: string, { python, platform: on }: Target): number | undefined => {
  const machine = machineOf(on);
  if (machine === undefined) return undefined;
  const [pythons = '', abis = '', platforms = ''] = file
    .replace(/\.whl$/, '')
    .split('-')
    .slice(-3);
  const minor = Number(python.split('.')[1]);
  const fits = pythons.split('.').some((tag) => abis.split('.').some((abi) => isOfPython(tag, abi, minor)));
  const needed = Math.min(...platforms.split('.').map((platform) => glibcOf(platform, machine)));
  return file.endsWith('.whl') && fits && needed !== Infinity ? needed : undefined;
};

const isOfPython = (tag: string, abi: string, minor: number): boolean => {
  const [, kind, at] = /^(cp|py)3(\d*)$/.exec(tag) ?? [];
  if (kind === undefined) return false;
  if (kind === 'cp' && abi !== 'abi3') return Number(at) === minor && (abi === 'none' || abi === `cp3${minor}`);
  return Number(at) <= minor && (abi === 'none' || abi === 'abi3');
};

const glibcOf = (platform: string, machine: string): number => {
  if (platform === 'any' || platform === `linux_${machine}`) return 0;
  const [, name = '', at, of] = /^(manylinux(?:\d+|_2_(\d+)))_(.+)$/.exec(platform) ?? [];
  if (of !== machine) return Infinity;
  return at === undefined ? (named[name] ?? Infinity) : Number(at);
};
