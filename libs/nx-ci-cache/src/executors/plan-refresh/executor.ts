/** Asks the registry which legs still answer their inputs, and writes one plan file per leg. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { PushRecord } from '@nx-ci-cache/records';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { makeSureOfBuilder } from '../../step/context/builder';
import { legSpecs } from '../../step/context/leg-specs';
import { writeBases } from '../../step/legs/observe-bases';
import { planOneLeg, writePlan } from '../../step/legs/plan-leg';
import { layOutPushedFiles } from '../../step/legs/pushed-files';
import { readBranchFacts, required } from '../../step/context/recorded';
import type { PlanRefreshOptions } from './schema';

export const planRefresh: Step<PlanRefreshOptions> = async (_options, context) => {
  const branch = await readBranchFacts(context);
  const push = await required<PushRecord>(context, context.paths.push, 'push-constraints');
  if (push.run !== branch.run || push.result === 'failed' || push.result === 'refused') {
    throw new CiCacheError('PushRefused', 'the constraints of this run were not pushed', {
      remedy: `Run ${context.projectName}:plan-refresh with its dependencies.`,
    });
  }
  await layOutPushedFiles(push, context);
  const preview = push.result === 'previewed' || push.result === 'superseded';
  const specs = legSpecs(context, branch);
  await writeBases(specs, context);
  const planned = await Promise.all(specs.map((spec) => planOneLeg({ spec, branch, preview, context })));
  const stale = planned.filter(({ reasons }) => reasons.length > 0);
  if (stale.length > 0 && !preview)
    await makeSureOfBuilder(
      stale.map(({ spec }) => spec.platform),
      context,
    );
  for (const leg of planned) {
    await writePlan(leg, branch.run, push.newCommit, context);
    context.say(`${leg.spec.name}: ${leg.reasons.join('; ') || 'fresh'}`);
  }
};

export default asExecutor(planRefresh);
