/** The end of the chain: everything else stands before it. */
import { buildxRefreshStep } from './buildx-refresh';
import { defineStep } from './definition';
import { reportFiles } from './report';

export const refreshStep = defineStep({
  name: 'refresh',
  says: () => 'Refreshes constraints and images, checks the run and reports',
  after: (_part, { images }) => ['plan-refresh', ...(images.length === 0 ? [] : [buildxRefreshStep.name])],
  writes: (_part, { paths }) => reportFiles(paths),
});
