/** A platform as ci-cache.json, wheels and the resolver call it. */
import { architectureOf, plainPlatform, type CellFacts } from '@nx-ci-cache/records';

interface Target {
  /** In the names of wheels. */
  readonly machine: string;
  /** To the resolver; absent where it knows none. */
  readonly triple?: string;
}

const targets: Readonly<Record<string, Target>> = {
  'linux/amd64': { machine: 'x86_64', triple: 'x86_64' },
  'linux/arm64': { machine: 'aarch64', triple: 'aarch64' },
  'linux/riscv64': { machine: 'riscv64', triple: 'riscv64' },
  'linux/arm': { machine: 'armv7l' },
  'linux/386': { machine: 'i686' },
  'linux/ppc64le': { machine: 'ppc64le' },
  'linux/s390x': { machine: 's390x' },
};

const targetOf = (platform: string): Target | undefined => targets[architectureOf(platform)];

/** Undefined where wheels know no such machine. */
export const machineOf = (platform = plainPlatform): string | undefined => targetOf(platform)?.machine;

/**
 * Undefined where the resolver knows no such machine; it has a name for each glibc on x86-64 and arm64 only.
 * @param platform default: that of a cell that serves all.
 */
export const resolverPlatform = (platform = plainPlatform, { linux }: Pick<CellFacts, 'linux'>): string | undefined => {
  const triple = targetOf(platform)?.triple;
  if (triple === undefined) return undefined;
  if (linux !== undefined && triple !== 'riscv64') return `${triple}-${linux}`;
  return triple === 'riscv64' ? `${triple}-unknown-linux` : `${triple}-unknown-linux-gnu`;
};
