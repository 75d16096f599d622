/** Publishes one image for all its platforms: one index of verified legs, the moving tag last. */
import { legsOf, type ImageRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { readBranchFacts } from '../../step/context/required';
import { publishLegs, refuseUnpublished } from '../../step/legs/publish-legs';
import { step } from '../../step/recorded';
import { publishImagesStep, type PublishedImage } from '../../chain/publish-images';

const publish = async ({ image, python }: PublishedImage, context: StepContext): Promise<ImageRecord> => {
  const branch = await readBranchFacts(context);
  const legs = legsOf(context.config).filter((leg) => leg.image === image && leg.python === python);
  const record = await publishLegs(legs, branch, context);
  context.say([`${image} for Python ${python}: ${record.result}`, ...(record.reasons ?? [])].join('; '));
  return record;
};

export const publishImages = step(publishImagesStep, publish, refuseUnpublished);

export default asExecutor(publishImages);
