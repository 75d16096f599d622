/** Asks the registry which legs still answer their inputs, and writes one plan file per leg. */
import { isGranted } from '@nx-ci-cache/records';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { makeSureOfBuilder } from '../../step/context/builder';
import { legSpecs } from '../../step/context/leg-specs';
import { writeBases } from '../../step/facts/observe-bases';
import { planOneLeg, writePlan } from '../../step/legs/plan-leg';
import { layOutPushedFiles } from '../../step/legs/pushed-files';
import { permissionAfterPush } from '../../step/context/permission';
import { readBranchFacts } from '../../step/context/recorded';
import type { PlanRefreshOptions } from './schema';

export const planRefresh: Step<PlanRefreshOptions> = async (_options, context) => {
  const branch = await readBranchFacts(context);
  const { permission, push } = await permissionAfterPush(branch, context);
  const { legs } = permission;
  await layOutPushedFiles(push, context);
  const specs = legSpecs(context, branch);
  await writeBases(specs, context);
  const planned = await Promise.all(specs.map((spec) => planOneLeg({ spec, branch, permission: legs, context })));
  const stale = planned.filter(({ reasons }) => reasons.length > 0);
  if (stale.length > 0 && isGranted(legs))
    await makeSureOfBuilder(
      stale.map(({ spec }) => spec.platform),
      context,
    );
  for (const leg of planned) {
    await writePlan(leg, branch.run, push.newCommit, context);
    context.say(`${leg.spec.name}: ${leg.reasons.join('; ') || 'fresh'}`);
  }
  if (!isGranted(legs)) context.say(`nothing is built: ${legs.denied}`);
};

export default asExecutor(planRefresh);
