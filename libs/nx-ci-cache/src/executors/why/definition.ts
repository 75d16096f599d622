/** An answer to a person, from the facts of a snapshot. */
import type { WhyOptions } from './schema';
import { defineStep } from '../../step/definition';

export const whyStep = defineStep<Pick<WhyOptions, 'package'>>({
  name: 'why',
  says: () => 'Says who requires a package and what holds it back',
  after: () => ['snapshot'],
  writes: (_part, { paths }) => [paths.why('json'), paths.why('md')],
});
