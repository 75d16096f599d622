/** Publishes one image for all its platforms: one index of verified legs, the moving tag last. */
import { legsOf, type ImageRecord } from '@nx-ci-cache/records';
import { asExecutor, type Step } from '../../step/context/as-executor';
import { publishLegs } from '../../step/legs/publish-legs';
import { readBranchFacts, recorded } from '../../step/context/recorded';
import type { PublishImagesOptions } from './schema';

export const publishImages: Step<PublishImagesOptions, ImageRecord> = async ({ image, python }, context) => {
  const branch = await readBranchFacts(context);
  const legs = legsOf(context.config).filter((leg) => leg.image === image && leg.python === python);
  const record = await recorded(
    context.at(context.paths.image(image, python)),
    () => publishLegs(legs, branch, context),
    (error): ImageRecord => ({ run: branch.run, result: 'failed', image, python, error }),
  );
  context.say([`${image} for Python ${python}: ${record.result}`, ...(record.reasons ?? [])].join('; '));
  return record;
};

export default asExecutor(publishImages);
