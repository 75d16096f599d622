/** Everything a first run needs, looked at at once; a chore a person asks for. */
import { defineStep } from './definition';

export const doctorStep = defineStep({
  name: 'doctor',
  says: () => 'Looks at everything a first run needs, and says what to mend',
  configuration: 'file',
});
