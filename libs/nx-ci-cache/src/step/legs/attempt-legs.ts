/** Every leg of a task in the order of its node's queue; nodes work side by side, however many tasks Nx runs at once. */
import { nodeQueues, queueWords } from '@nx-ci-cache/images';
import { legName, type Leg, type LegReasons } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { nodesAsDescribed } from '../context/builder';
import { readBranchFacts } from '../context/required';
import { attemptEach, type Attempted } from '../each-part';
import { currentPlan } from '../facts/current';
import { attemptQueue } from './attempt-queue';
import { ofRun } from './said';

/** Legs that only ask the registry. */
const readAtOnce = 16;

/** @param act makes one leg true: what needs no build asks the registry and no node. */
export const attemptLegs = async (
  legs: readonly Leg[],
  context: StepContext,
  act: (leg: Leg) => Promise<unknown>,
): Promise<Attempted<Leg>> => {
  const { run } = await readBranchFacts(context);
  const planned = await Promise.all(legs.map((leg) => withPlan(leg, run, context)));
  const queues = nodeQueues(
    planned.filter(({ isBuilt }) => isBuilt),
    nodesAsDescribed(context),
  );
  if (queues.length > 0) ofRun(run, context.say)(`builds, longest first: ${queueWords(queues)}`);
  const others = planned.filter(({ isBuilt }) => !isBuilt);
  const build = ({ leg }: PlannedLeg) => act(leg);
  const attempts = await Promise.all([
    attemptEach(others, readAtOnce, build),
    ...queues.map(({ node, legs: queued }) => attemptQueue(queued, node.jobs, build)),
  ]);
  return {
    done: attempts.flatMap(({ done }) => done.map(({ leg }) => leg)),
    errors: attempts.flatMap(({ errors }) => errors),
  };
};

interface PlannedLeg extends Pick<LegReasons, 'last'> {
  readonly leg: Leg;
  readonly name: string;
  readonly platform: string;
  readonly bases: readonly string[];
  readonly isBuilt: boolean;
}

/** A leg without a plan of this run is not built: it fails in its turn, and its record says why. */
const withPlan = async (leg: Leg, run: string, context: StepContext): Promise<PlannedLeg> => {
  const current = await currentPlan(leg, run, context).catch(() => undefined);
  const { last, plan, stale = false } = current ?? {};
  const { imageBases = {} } = context.config.images.find(({ name }) => name === leg.image) ?? {};
  const bases = Object.values(imageBases).map((image) => legName({ ...leg, image }));
  return {
    ...{ leg, name: legName(leg), platform: leg.platform, bases, isBuilt: stale && typeof plan?.buildId === 'string' },
    ...(last === undefined ? {} : { last }),
  };
};
