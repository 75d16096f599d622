/** Builds one leg when its plan says so. Nx caches it on the plan file, whose build id is new for every stale leg. */
import { legName, type LegRecord } from '@nx-ci-cache/records';
import { buildLeg } from '@nx-ci-cache/images';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { currentPlan } from '../../step/facts/current';
import { imageTools } from '../../step/context/image-tools';
import { legFacts } from '../../step/legs/leg-facts';
import { findSpec } from '../../step/context/leg-specs';
import { permissionAfterPush } from '../../step/context/permission';
import { readBranchFacts, recorded } from '../../step/context/recorded';
import type { BuildxRefreshOptions } from './schema';

export const buildxRefresh: Step<BuildxRefreshOptions, LegRecord> = async (leg, context) => {
  const branch = await readBranchFacts(context);
  const spec = findSpec(leg, branch, context);
  const { plan, constraintsCommit } = await currentPlan(leg, branch.run, context);
  const record = await recorded(
    context.at(context.paths.leg(leg)),
    async () =>
      buildLeg({
        ...(await legFacts(spec, branch, context)),
        ...imageTools(context),
        plan,
        permission: (await permissionAfterPush(branch, context)).permission.legs,
        constraintsCommit,
        builder: context.config.builder.name,
        force: context.switches.force,
        emit: context.say,
      }),
    (error): LegRecord => ({ result: 'failed', leg: legName(leg), ...plan, error }),
  );
  context.say(`${record.leg}: ${record.result}`);
  return record;
};

export default asExecutor(buildxRefresh);
