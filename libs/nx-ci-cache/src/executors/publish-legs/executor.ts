/**
 * Publishes each image whose legs other jobs have recorded, and builds nothing: an image of which a leg is not there stays as
 * it is, keeps no other one back, and fails this job.
 */
import { legsOf } from '@nx-ci-cache/records';
import { asExecutor } from '../../step/context/as-executor';
import type { StepContext } from '../../step/context/context';
import { attemptEach, throwAll } from '../../step/each-part';
import { observeImages } from '../../step/facts/observe-images';
import { attemptLegs } from '../../step/legs/attempt-legs';
import { withoutPlaces } from '../../step/legs/own-nodes';
import { step } from '../../step/recorded';
import { partsOf } from '../../chain/definition';
import { publishImagesStep } from '../../chain/publish-images';
import { publishLegsStep } from '../../chain/publish-legs';
import { buildxRefresh } from '../buildx-refresh/executor';
import { planRefresh } from '../plan-refresh/executor';
import { publishImages } from '../publish-images/executor';

export const publishLegs = step(publishLegsStep, async (_options, outer) => {
  await observeImages(outer);
  // What was built by force is fresh by now.
  const switches = { ...outer.switches, force: false };
  const context: StepContext = { ...outer, config: withoutPlaces(outer.config), switches, job: 'publish' };
  await planRefresh({}, context);
  const read = await attemptLegs(legsOf(context.config), context, (leg) => buildxRefresh(leg, context));
  const images = partsOf(publishImagesStep, context.config);
  const published = await attemptEach(images, 1, (image) => publishImages(image, context));
  throwAll([...read.errors, ...published.errors], 'images');
});

export default asExecutor(publishLegs);
