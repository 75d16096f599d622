/** The end of the chain: everything else stands before it. */
import { buildxRefreshStep } from './buildx-refresh';
import { defineStep } from './definition';

export const refreshStep = defineStep({
  name: 'refresh',
  says: () => 'Refreshes constraints and images, checks the run and reports',
  after: (_part, { images }) => ['plan-refresh', ...(images.length === 0 ? [] : [buildxRefreshStep.name])],
  writes: (_part, { paths }) => [paths.refresh('json'), paths.refresh('md'), paths.refresh('html')],
});
