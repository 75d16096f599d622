/** The published files for targets of other projects, without a run. */
import { defineStep } from './definition';

export const constraintsStep = defineStep({
  name: 'constraints',
  says: () => 'Materialises the published constraints',
  configuration: 'file',
  writes: (_part, { paths }) => [paths.materialised],
});
