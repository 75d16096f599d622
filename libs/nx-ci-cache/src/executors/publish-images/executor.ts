/** Publishes one image for all its platforms: one index of verified legs, the moving tag last. */
import { legsOf, type ImageRecord } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import { readBranchFacts } from '../../step/context/required';
import { publishLegs } from '../../step/legs/publish-legs';
import { step } from '../../step/recorded';
import { publishImagesStep } from '../../chain/publish-images';

export const publishImages = step(publishImagesStep, async ({ image, python }, context): Promise<ImageRecord> => {
  const branch = await readBranchFacts(context);
  const legs = legsOf(context.config).filter((leg) => leg.image === image && leg.python === python);
  const record = await publishLegs(legs, branch, context);
  context.say([`${image} for Python ${python}: ${record.result}`, ...(record.reasons ?? [])].join('; '));
  return record;
});

export default asExecutor(publishImages);
