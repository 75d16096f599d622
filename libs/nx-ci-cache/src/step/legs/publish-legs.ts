/** From leg records to one published index. */
import { isGranted, type BranchFacts, legsOfImage, type ImageRecord, type PublishedImage } from '@nx-ci-cache/records';
import { publishIndex } from '@nx-ci-cache/images';
import { CiCacheError } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import { currentImagePlan, currentLeg } from '../facts/current';
import { imageTools } from '../context/image-tools';
import { findSpec } from '../context/leg-specs';
import { permissionAfterPush } from '../context/permission';
import { ofRun } from './said';

/** @throws CiCacheError `OptionInvalid` for a leg that does not answer this run's plan, `RegistryFailed` when a platform is missing, or a tag does not hold what was written to it. */
export const publishLegs = async (
  image: PublishedImage,
  branch: BranchFacts,
  context: StepContext,
): Promise<ImageRecord> => {
  const [{ permission, push }, { plan, planDigest }] = await Promise.all([
    permissionAfterPush(branch, context),
    currentImagePlan(image, branch.run, context),
  ]);
  if (plan.leftOut)
    return {
      ...{ run: branch.run, plan: planDigest, result: 'previewed', ...image },
      reasons: ['a leg of it was left out of this run by --only'],
    };
  // A fresh leg may have been recorded with an older commit that holds the same files: tags name the run's own.
  const commit = (isGranted(permission.fixedTags) && push.newCommit) || undefined;
  const legs = legsOfImage(image, context.config);
  const specs = legs.map((leg) => findSpec(leg, branch, context, commit));
  const records = await Promise.all(legs.map((leg) => currentLeg(leg, branch.run, context)));
  return publishIndex({
    ...imageTools(context),
    ...{ run: branch.run, planDigest },
    specs,
    records,
    tags: specs[0]?.tags ?? [],
    permission,
    emit: ofRun(branch.run, context.say),
  });
};

/** @throws CiCacheError `RegistryFailed` for an image that was not published because a leg of it is not there or not right. */
export const refuseUnpublished = ({ result, reasons = [] }: ImageRecord): void => {
  if (result !== 'refused') return;
  throw new CiCacheError('RegistryFailed', `the image was not published: ${reasons.join('; ')}`, {
    remedy: 'Run again, with all that stands before it: what is missing is built.',
  });
};
