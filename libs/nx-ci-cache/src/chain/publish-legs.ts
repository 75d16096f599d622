/** The indexes in a job of their own, once those of the legs have ended: only git and the registry are shared. */
import { leavesImage } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export const publishLegsStep = defineStep({
  name: 'publish-legs',
  says: () => 'Publishes the images whose legs other jobs have recorded',
  parts: ({ images }) => (images.some(leavesImage) ? [{}] : []),
  configuration: 'file',
});
