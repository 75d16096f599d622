/** The chain without Nx, for a person. */
import { defineStep } from './definition';

export const refreshManualStep = defineStep({
  name: 'refresh-manual',
  says: () => 'Runs the whole chain in one process, without gates and moving tags',
  configuration: 'file',
});
