/** The legs: one task for all of them, since Nx knows slots and not nodes; the images they make are published with them. */
import { legLine } from '@nx-ci-cache/report';
import { legName, legsOf, type Leg, type LegReasons } from '@nx-ci-cache/records';
import { publishImagesStep } from './publish-images';
import { defineStep } from './definition';

export const buildxRefreshStep = defineStep<Leg>({
  name: 'buildx-refresh',
  says: ({ image, python, platform }) => `Builds and verifies ${image} for Python ${python} on ${platform}`,
  parts: legsOf,
  options: ({ image, python, platform }) => ({ image, python, platform }),
  called: (leg) => `buildx-refresh--${legName(leg)}`,
  whole: { says: 'Builds stale legs, each on its node, and publishes the images', with: [publishImagesStep] },
  after: () => ['plan-refresh'],
  facts: (leg, { paths }) => [paths.plan(leg)],
  record: (leg, { paths }) => paths.leg(leg),
  line: async (leg, { paths, ofRun, legRecord }) =>
    legLine(await legRecord(leg), await ofRun<LegReasons>(paths.reasons(leg))),
});
