/** The end of the chain: everything else stands before it. */
import { defineStep, partsOf, targetName } from './definition';
import { publishImagesStep } from './publish-images';

export const refreshStep = defineStep({
  name: 'refresh',
  says: () => 'Refreshes constraints and images, checks the run and reports',
  after: (_part, config) => [
    'plan-refresh',
    ...partsOf(publishImagesStep, config).map((image) => targetName(publishImagesStep, image)),
  ],
  writes: (_part, { paths }) => [paths.refresh('json'), paths.refresh('md'), paths.refresh('html')],
});
