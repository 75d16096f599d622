/** The report of a run however it ended; nothing stands before it. */
import { defineStep } from './definition';

export const reportStep = defineStep({
  name: 'report',
  says: () => 'Renders whatever records exist',
  // A run that stopped before its snapshot has none.
  configuration: 'either',
  writes: (_part, { paths }) => [paths.refresh('json'), paths.refresh('md'), paths.refresh('html')],
});
