/**
 * Pins of what others require that are old for want of a wheel, of a newer Linux or of a patch release: one more resolution,
 * in which nothing of that is in the way, shows which they are. Nothing is built for it.
 */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, HeldCause, HeldPin } from '@nx-ci-cache/records';
import { asksPrerelease, isPrerelease } from '../prereleases/unasked';
import { annotate, readAnnotated, type Annotated } from '../resolver/annotated';
import { compileCell } from '../resolver/compile';
import { isOutOfReach, type Known } from './known';
import { obstaclesOf, type Obstacle } from './obstacles';

/** A pin below the newest stable release of its package. */
export interface Behind {
  readonly name: string;
  readonly version: string;
}

export const heldByObstacles = async (
  behind: readonly Behind[],
  before: Annotated,
  facts: CellFacts,
  known: Known,
): Promise<readonly HeldPin[]> => {
  const obstacles = await obstaclesOf(behind, before, facts, known);
  if (obstacles.size === 0) return [];
  const { exitCode, output } = await compileCell(liftedFacts(facts, [...obstacles.values()]), {
    args: annotate,
    config: staticMetadata([...obstacles.values()]),
  });
  if (exitCode !== 0) return [];
  const after = readAnnotated(output, facts);
  const held = behind.map(async ({ name, version }): Promise<HeldPin[]> => {
    const newest = after.pins.get(name) ?? version;
    const isTaken = compare(newest, version) > 0 && (!isPrerelease(newest) || asksPrerelease(name, facts));
    const causes = isTaken ? await causesFor(name, before, after, obstacles, known) : [];
    return causes.length === 0 ? [] : [{ name, version, newest, cause: oneOf(causes) }];
  });
  return (await Promise.all(held)).flat();
};

const liftedFacts = (facts: CellFacts, obstacles: readonly Obstacle[]): CellFacts => {
  const patch = obstacles.find(({ cause }) => cause.by === 'patch')?.cause;
  const glibc = Math.max(0, ...obstacles.map((each) => each.glibc ?? 0));
  const names = obstacles.flatMap(({ name, isBuilt }) => (isBuilt ? [name] : []));
  return {
    ...facts,
    ...(patch?.by === 'patch' && { patch: patch.patch }),
    ...(glibc > 0 && { linux: linuxWith(glibc) }),
    allowSdist: facts.allowSdist === 'all' ? 'all' : [...facts.allowSdist, ...names],
  };
};

/** The oldest Linux the resolver knows that has it; it knows few of the older ones. */
const linuxWith = (glibc: number): string => `manylinux_2_${glibc > 28 ? Math.max(31, Math.min(40, glibc)) : 28}`;

/** What the resolver would otherwise run code of a package to learn. */
const staticMetadata = (obstacles: readonly Obstacle[]): string =>
  obstacles
    .filter(({ isBuilt }) => isBuilt)
    .map(({ name, metadata }) =>
      [
        '[[dependency-metadata]]',
        `name = ${JSON.stringify(name)}`,
        `requires-dist = ${JSON.stringify(metadata.requires.map(({ text }) => text))}`,
        `provides-extra = ${JSON.stringify(metadata.extras)}`,
        '',
      ].join('\n'),
    )
    .join('');

/** The nearest releases that became possible, of the package or of what it newly requires. */
const causesFor = async (
  name: string,
  before: Annotated,
  after: Annotated,
  obstacles: ReadonlyMap<string, Obstacle>,
  known: Known,
): Promise<readonly HeldCause[]> => {
  const causes: HeldCause[] = [];
  const seen = new Set<string>();
  const look = async (each: string): Promise<void> => {
    const version = after.pins.get(each);
    if (seen.has(each) || version === undefined || version === before.pins.get(each)) return;
    seen.add(each);
    const obstacle = obstacles.get(each);
    if (obstacle !== undefined && (await isOutOfReach(each, version, known))) causes.push(obstacle.cause);
    else
      for (const [next, by] of after.requirers)
        if (by.some((one) => 'package' in one && one.package === each)) await look(next);
  };
  await look(name);
  return causes;
};

/** A missing wheel says most of what to do; several are one cause. */
const oneOf = (causes: readonly HeldCause[]): HeldCause => {
  const packages = causes.flatMap((cause) => (cause.by === 'wheel' ? cause.packages : []));
  return packages.length > 0 ? { by: 'wheel', packages: packages.sort() } : (causes[0] as HeldCause);
};
