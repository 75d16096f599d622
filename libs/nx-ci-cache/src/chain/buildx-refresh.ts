/** The legs: one target per image, Python and platform, cached on its plan file. */
import { legLine } from '@nx-ci-cache/report';
import { legsOf, type Leg, type LegReasons } from '@nx-ci-cache/records';
import { publishImagesStep } from './publish-images';
import { legTarget } from './target-names';
import { defineStep, targetNamesOf } from './definition';

export const buildxRefreshStep = defineStep<Leg>({
  name: 'buildx-refresh',
  says: ({ image, python, platform }) => `Builds and verifies ${image} for Python ${python} on ${platform}`,
  parts: legsOf,
  options: ({ image, python, platform }) => ({ image, python, platform }),
  target: legTarget,
  whole: {
    says: 'Refreshes all images',
    after: (config) => targetNamesOf(publishImagesStep, config),
  },
  after: () => ['plan-refresh'],
  facts: (leg, { paths }) => [paths.plan(leg)],
  record: (leg, { paths }) => paths.leg(leg),
  line: async (leg, { paths, ofRun, legRecord }) =>
    legLine(await legRecord(leg), await ofRun<LegReasons>(paths.reasons(leg))),
});
