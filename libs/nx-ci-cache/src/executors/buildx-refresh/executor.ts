/** Builds one leg when its plan says so. Nx caches it on the plan file, whose build id is new for every stale leg. */
import { buildLeg } from '@nx-ci-cache/images';
import type { LegRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import { currentPlan } from '../../step/facts/current';
import { imageTools } from '../../step/context/image-tools';
import { findSpec } from '../../step/context/leg-specs';
import { permissionAfterPush } from '../../step/context/permission';
import { readBranchFacts } from '../../step/context/required';
import { legOrder } from '../../step/legs/leg-order';
import { legFacts } from '../../step/legs/leg-facts';
import { step } from '../../step/recorded';
import { buildxRefreshStep } from '../../chain/buildx-refresh';

export const buildxRefresh = step(buildxRefreshStep, async (leg, context): Promise<LegRecord> => {
  const branch = await readBranchFacts(context);
  const { plan, constraintsCommit, replaces } = await currentPlan(leg, branch.run, context);
  const { permission } = await permissionAfterPush(branch, context);
  const record = await buildLeg({
    ...(await legFacts(findSpec(leg, branch, context), branch, context)),
    ...imageTools(context),
    plan,
    permission: permission.legs,
    order: legOrder(branch, constraintsCommit, context),
    ...(replaces === undefined ? {} : { replaces }),
    builder: context.config.builder.name,
    force: context.switches.force,
    emit: context.say,
  });
  context.say([`${record.leg}: ${record.result}`, record.reason ?? []].flat().join('; '));
  return record;
});

export default asExecutor(buildxRefresh);
