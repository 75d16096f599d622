/** What stands for all parts of one step. */
import { defineStep } from './definition';

/** Its targets are those of steps with parts, see `whole`. */
export const aggregateStep = defineStep({
  name: 'aggregate',
  says: () => 'Stands for several targets',
  configuration: 'either',
});
