/**
 * Builds the legs that `--only` names, or all, on this machine: with constraints that another job has pushed, so nothing is
 * resolved, tested, pushed or published. What is recorded meanwhile is left as it is, so a job that failed may run again.
 */
import { invalid, mayBuild } from '@nx-ci-cache/config';
import { withSharedContexts } from '@nx-ci-cache/images';
import { legName, legsOf, type Leg } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { throwAll } from '../../step/each-part';
import { observeImages } from '../../step/facts/observe-images';
import { attemptLegs } from '../../step/legs/attempt-legs';
import { withNodesOf } from '../../step/legs/own-nodes';
import { step } from '../../step/recorded';
import { buildLegsStep } from '../../chain/build-legs';
import { buildxRefresh } from '../buildx-refresh/executor';
import { planRefresh } from '../plan-refresh/executor';

export const buildLegs = step(buildLegsStep, (_options, outer) =>
  withSharedContexts(async (shared) => {
    const legs = askedLegs(outer);
    const config = withNodesOf(
      legs.map(({ platform }) => platform),
      outer.config,
    );
    await observeImages(outer);
    const context: StepContext = { ...outer, config, shared, job: 'build' };
    await planRefresh({}, context);
    const { errors } = await attemptLegs(legs, context, (leg) => buildxRefresh(leg, context));
    throwAll(errors, 'legs');
  }),
);

/** @throws CiCacheError `OptionInvalid` when there is no such leg: a job that built nothing would look as if it had. */
const askedLegs = ({ config, switches }: StepContext): readonly Leg[] => {
  const all = legsOf(config);
  const asked = all.filter((leg) => mayBuild(legName(leg), switches));
  if (asked.length > 0) return asked;
  const allowed = `names of legs, or patterns of them: ${all.map(legName).join(', ')}`;
  throw invalid({ file: 'switches', key: 'only' }, switches.only?.join(','), allowed);
};

export default asExecutor(buildLegs);
