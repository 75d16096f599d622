/**
 * Builds one leg when its plan says so. Nx caches it on the plan file, whose build id is new for every stale leg. Without
 * coordinates it refreshes the images whole: it plans, builds and publishes what no other task of the run does.
 */
import { buildLeg, withSharedContexts } from '@nx-ci-cache/images';
import type { Leg, LegRecord, PublishedImage } from '@nx-ci-cache/records';
import { attemptEach, throwAll } from '../../step/each-part';
import { asExecutor, type Whole } from '../../step/context/as-executor';
import { currentPlan } from '../../step/facts/current';
import { placeOf } from '../../step/context/builder';
import { imageTools } from '../../step/context/image-tools';
import { findSpec } from '../../step/context/leg-specs';
import { isLeftToUs } from '../../step/context/own-tasks';
import { permissionAfterPush } from '../../step/context/permission';
import { readBranchFacts } from '../../step/context/required';
import { legOrder } from '../../step/legs/leg-order';
import { legFacts } from '../../step/legs/leg-facts';
import { legSaid, ofBuild } from '../../step/legs/said';
import { step } from '../../step/recorded';
import { planRefresh } from '../plan-refresh/executor';
import { publishImages } from '../publish-images/executor';
import { buildxRefreshStep } from '../../chain/buildx-refresh';
import { partsOf } from '../../chain/definition';
import { planRefreshStep } from '../../chain/plan-refresh';
import { publishImagesStep } from '../../chain/publish-images';

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
    ...placeOf(leg.platform, context),
    requireNative: context.config.builder.requireNative,
    force: context.switches.force,
    logFile: context.at(context.paths.legLog(leg)),
    emit: ofBuild(plan.buildId, context.say),
  });
  context.say(legSaid(record));
  return record;
});

/** @throws after every leg was tried, and every image published whose legs are all there. */
const refreshImages: Whole<Leg> = async (legs, context) => {
  if (isLeftToUs(planRefreshStep, {}, context)) await planRefresh({}, context);
  // Each leg is built by the node of its platform.
  const built = await withSharedContexts((shared) =>
    attemptEach(legs, context.config.builder.nodes.length, (leg) => buildxRefresh(leg, { ...context, shared })),
  );
  const isWhole = ({ image, python }: PublishedImage) =>
    legs.every((leg) => leg.image !== image || leg.python !== python || built.done.includes(leg));
  const images = partsOf(publishImagesStep, context.config)
    .filter((image) => isLeftToUs(publishImagesStep, image, context))
    .filter(isWhole);
  const published = await attemptEach(images, 1, (image) => publishImages(image, context));
  throwAll([...built.errors, ...published.errors], 'legs and images');
};

export default asExecutor(buildxRefresh, { whole: refreshImages });
