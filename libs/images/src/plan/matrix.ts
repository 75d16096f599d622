/** The stale legs as jobs of a CI, each on a machine of its platform: GitHub takes this form as `strategy.matrix`. */
import { isNative, type BuilderNode, type Leg } from '@nx-ci-cache/records';

export interface MatrixLeg extends Leg {
  readonly name: string;
  /** Names of the legs it starts from. */
  readonly bases: readonly string[];
}

export interface MatrixJob {
  /** What `--only` is to be: one leg, or those that start from one another. */
  readonly leg: string;
  readonly image: string;
  readonly python: string;
  readonly platform: string;
  /** What `runs-on` is to be. */
  readonly runner: NonNullable<BuilderNode['runner']>;
}

export interface Matrix {
  readonly include: readonly MatrixJob[];
}

/** GitHub refuses a matrix of more. */
const mostJobs = 256;

/** Nothing orders the jobs of a matrix: legs that start from one another are one job, which builds them in their order. */
export const legMatrix = (
  legs: readonly MatrixLeg[],
  nodes: readonly Pick<BuilderNode, 'platforms' | 'runner'>[],
): Matrix => {
  const chains = grouped(legs, (one, other) => one.bases.includes(other.name) || other.bases.includes(one.name));
  const jobs = chains.length <= mostJobs ? chains : grouped(legs, (one, other) => one.platform === other.platform);
  return { include: jobs.map((job) => jobOf(job, nodes)) };
};

/** Groups within which a leg is tied to another one, in the order of their first. */
const grouped = (
  legs: readonly MatrixLeg[],
  areTied: (one: MatrixLeg, other: MatrixLeg) => boolean,
): readonly (readonly MatrixLeg[])[] =>
  legs.reduce<readonly (readonly MatrixLeg[])[]>((groups, leg) => {
    const isOf = (group: readonly MatrixLeg[]) => group.some((other) => areTied(leg, other));
    const [first, ...others] = groups.filter(isOf);
    if (first === undefined) return [...groups, [leg]];
    const joined = [...first, ...others.flat(), leg];
    return groups.flatMap((group) => (group === first ? [joined] : others.includes(group) ? [] : [group]));
  }, []);

const jobOf = (legs: readonly MatrixLeg[], nodes: readonly Pick<BuilderNode, 'platforms' | 'runner'>[]): MatrixJob => {
  const each = (value: (leg: MatrixLeg) => string) => [...new Set(legs.map(value))].join(',');
  const platform = each((leg) => leg.platform);
  return {
    leg: each(({ name }) => name),
    image: each(({ image }) => image),
    python: each(({ python }) => python),
    platform,
    runner: nodes.find(({ platforms }) => platforms.includes(platform))?.runner ?? hostedRunner(platform),
  };
};

const hostedRunner = (platform: string): string =>
  isNative(platform, 'linux/arm64') ? 'ubuntu-24.04-arm' : 'ubuntu-latest';
