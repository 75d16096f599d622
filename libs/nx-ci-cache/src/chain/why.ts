/** An answer to a person, from the facts of a snapshot. */
import { defineStep } from './definition';

export interface WhyQuestion {
  /** Name of the package. Default: `CI_CACHE_PACKAGE`. */
  readonly package?: string;
}

export const whyStep = defineStep<WhyQuestion>({
  name: 'why',
  says: () => 'Says who requires a package and what holds it back',
  after: () => ['snapshot'],
  writes: (_part, { paths }) => [paths.why('json'), paths.why('md')],
});
