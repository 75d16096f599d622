/** Asks the registry which legs still answer their inputs, and writes one plan file per leg. */
import { emulatedLast, remembering } from '@nx-ci-cache/images';
import { inWords, isGranted, type PlanRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import { step } from '../../step/recorded';
import { makeSureOfBuilder } from '../../step/context/builder';
import { imageTools } from '../../step/context/image-tools';
import { legSpecs } from '../../step/context/leg-specs';
import { writeBases } from '../../step/facts/observe-bases';
import { planImages } from '../../step/legs/plan-images';
import { areBuiltHere } from '../../step/legs/built-here';
import { legOrder } from '../../step/legs/leg-order';
import { planLegs, writePlan } from '../../step/legs/plan-leg';
import { handOver } from '../../step/legs/hand-over';
import { layOutPushedFiles } from '../../step/legs/pushed-files';
import { permissionAfterPush } from '../../step/context/permission';
import { readBranchFacts } from '../../step/context/required';
import { planRefreshStep } from '../../chain/plan-refresh';

export const planRefresh = step(planRefreshStep, async (_part, context): Promise<PlanRecord> => {
  const branch = await readBranchFacts(context);
  const { permission, push } = await permissionAfterPush(branch, context);
  const { legs } = permission;
  await layOutPushedFiles(push, context);
  const specs = legSpecs(context, branch);
  // Nothing is asked twice: legs of an image share its repository, and images their tags.
  const registry = remembering(imageTools(context).registry);
  const bases = await writeBases(specs, branch.sourceCommit, context, !isGranted(legs));
  const planned = await planLegs({
    ...{ specs, branch, permission: legs, registry, context },
    order: legOrder(branch, push.newCommit, context),
  });
  const stale = planned.filter(({ reasons }) => reasons.length > 0);
  const wanted = stale.filter(({ superseded, leftOut }) => superseded === undefined && !leftOut);
  if (wanted.length > 0 && isGranted(legs) && areBuiltHere(context))
    await makeSureOfBuilder(
      wanted.map(({ spec }) => spec.platform),
      context,
    );
  for (const leg of planned) {
    await writePlan(leg, branch.run, push.newCommit, context);
    const superseded = leg.superseded === undefined ? [] : [`superseded: ${leg.superseded}`];
    const emulated = (leg.reasons.length > 0 && emulatedLast(leg.spec.platform, leg.last)) || [];
    const leftOut = leg.leftOut ? ['left out by --only'] : [];
    const why = leg.reasons.length === 0 ? ['fresh'] : inWords(leg.reasons);
    context.say(`${leg.spec.name}: ${[...why, ...superseded, ...leftOut].concat(emulated).join('; ')}`);
  }
  const constraintsCommit = (isGranted(permission.fixedTags) && push.newCommit) || undefined;
  const images = await planImages({
    ...{ legs: planned, branch, constraintsCommit, preview: !isGranted(legs), registry, context },
  });
  const isPublishing = isGranted(permission.fixedTags) && images.some(({ reasons }) => reasons.length > 0);
  const { sourceCommit, startedAt } = branch;
  await handOver(
    {
      ...{ wanted: isGranted(legs) ? wanted : [], isPublishing, constraintsCommit: push.newCommit },
      seen: { sourceCommit, startedAt, bases },
    },
    context,
  );
  const counts = { stale: stale.length, fresh: planned.length - stale.length };
  if (isGranted(legs)) return { run: branch.run, result: 'planned', ...counts };
  context.say(`nothing is built: ${legs.denied}`);
  return { run: branch.run, result: 'planned', ...counts, denied: legs.denied };
});

export default asExecutor(planRefresh);
