/** The build of an image that modes freeze: one target per image and Python. */
import { frozenImagesOf, type FrozenImage } from '@nx-ci-cache/config';
import { freezeLine } from '@nx-ci-cache/report';
import type { FreezeRecord } from '@nx-ci-cache/records';
import { freezeTarget } from './target-names';
import { defineStep } from './definition';

export const buildImageStep = defineStep<FrozenImage>({
  name: 'build-image',
  says: ({ image, python }) => `Builds ${image} for Python ${python} at the cut-off and freezes what it holds`,
  parts: frozenImagesOf,
  options: ({ image, python }) => ({ image, python }),
  called: ({ name }) => freezeTarget(name),
  after: () => ['snapshot'],
  writes: ({ name }, { paths }) => [paths.freeze(name)],
  record: ({ name }, { paths }) => paths.freezeRecord(name),
  line: async ({ name }, { paths, ofRun }) => freezeLine(await ofRun<FreezeRecord>(paths.freezeRecord(name))),
});
