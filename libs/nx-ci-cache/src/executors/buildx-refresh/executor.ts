/**
 * Refreshes the images whole: it plans, builds and publishes what no other task of the run does. Nx caches it on the plan
 * files, whose build id is new for every stale leg. With coordinates it builds the legs they name and no more.
 */
import { mayBuild } from '@nx-ci-cache/config';
import { buildLeg, withSharedContexts } from '@nx-ci-cache/images';
import type { Leg, LegRecord, PublishedImage } from '@nx-ci-cache/records';
import { attemptEach, throwAll, type Attempted } from '../../step/each-part';
import { asExecutor, type Whole } from '../../step/context/as-executor';
import { currentPlan } from '../../step/facts/current';
import { placeOf } from '../../step/context/builder';
import { imageTools } from '../../step/context/image-tools';
import { findSpec } from '../../step/context/leg-specs';
import { isLeftToUs } from '../../step/context/own-tasks';
import { permissionAfterPush } from '../../step/context/permission';
import { readBranchFacts } from '../../step/context/required';
import { sayBuildLog } from '../../step/legs/build-log';
import { attemptLegs } from '../../step/legs/attempt-legs';
import { legOrder } from '../../step/legs/leg-order';
import { legFacts, plannedBases } from '../../step/legs/leg-facts';
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
  const spec = findSpec(leg, branch, context);
  const record = await buildLeg({
    ...(await legFacts(spec, branch, context, await plannedBases(spec, branch.run, context))),
    ...imageTools(context),
    plan,
    permission: mayBuild(spec.name, context.switches) ? permission.legs : { denied: 'left out of this run by --only' },
    order: legOrder(branch, constraintsCommit, context),
    ...(replaces === undefined ? {} : { replaces }),
    ...placeOf(leg.platform, context),
    requireNative: context.config.builder.requireNative,
    force: context.switches.force,
    logFile: {
      ...{ workspaceRoot: context.workspaceRoot, path: context.paths.legLog(leg) },
      onEnd: () => sayBuildLog(leg, plan.buildId, context),
    },
    emit: ofBuild(plan.buildId, context.say),
  });
  context.say(legSaid(record));
  return record;
});

/**
 * An image is published as soon as its own legs are there, whatever becomes of the others.
 * @throws after every leg was tried, and every image published whose legs are all there.
 */
export const refreshImages: Whole<Leg> = (legs, context) =>
  context.shared === undefined
    ? withSharedContexts((shared) => refreshAll(legs, { ...context, shared }))
    : refreshAll(legs, context);

const refreshAll: Whole<Leg> = async (legs, context) => {
  if (isLeftToUs(planRefreshStep, {}, context)) await planRefresh({}, context);
  const images = partsOf(publishImagesStep, context.config).filter((image) =>
    isLeftToUs(publishImagesStep, image, context),
  );
  const published: Attempted<PublishedImage>[] = [];
  const publish = async (due: readonly PublishedImage[]) =>
    published.push(await attemptEach(due, 1, (image) => publishImages(image, context)));
  const missing = new Set(legs);
  const built = await attemptLegs(legs, context, async (leg) => {
    await buildxRefresh(leg, context);
    missing.delete(leg);
    if (![...missing].some(isOf(leg))) await publish(images.filter((image) => isOf(leg)(image)));
  });
  // Legs that other tasks of the run have made.
  await publish(images.filter((image) => !legs.some(isOf(image))));
  throwAll([...built.errors, ...published.flatMap(({ errors }) => errors)], 'legs and images');
};

const isOf =
  ({ image, python }: PublishedImage) =>
  (other: PublishedImage): boolean =>
    other.image === image && other.python === python;

export default asExecutor(buildxRefresh, { whole: refreshImages });
