/** Publishes one image for all its platforms: one index of verified legs, the moving tag last. */
import type { ImageRecord, PublishedImage } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { readBranchFacts } from '../../step/context/required';
import { publishLegs, refuseUnpublished } from '../../step/legs/publish-legs';
import { imageSaid } from '../../step/legs/said';
import { step } from '../../step/recorded';
import { publishImagesStep } from '../../chain/publish-images';

const publish = async (part: PublishedImage, context: StepContext): Promise<ImageRecord> => {
  const record = await publishLegs(part, await readBranchFacts(context), context);
  context.say(imageSaid(record));
  return record;
};

export const publishImages = step(publishImagesStep, publish, refuseUnpublished);

export default asExecutor(publishImages);
