/** The end of the chain: everything else stands before it. */
import { defineStep, targetNamesOf } from './definition';
import { publishImagesStep } from './publish-images';

export const refreshStep = defineStep({
  name: 'refresh',
  says: () => 'Refreshes constraints and images, checks the run and reports',
  after: (_part, config) => ['plan-refresh', ...targetNamesOf(publishImagesStep, config)],
  writes: (_part, { paths }) => [paths.refresh('json'), paths.refresh('md'), paths.refresh('html')],
});
