/** A chore a person asks for. */
import { defineStep } from './definition';

export interface SetupBuilderQuestion {
  /** Only look, and make nothing. */
  readonly check?: boolean;
}

export const setupBuilderStep = defineStep<SetupBuilderQuestion>({
  name: 'setup-builder',
  says: () => 'Creates the builder and checks its nodes',
  configuration: 'file',
});
