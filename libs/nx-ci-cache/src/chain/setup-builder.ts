/** A chore a person asks for. */
import { defineStep } from './definition';

export const setupBuilderStep = defineStep({
  name: 'setup-builder',
  says: () => 'Creates the builder and checks its nodes',
  configuration: 'file',
});
