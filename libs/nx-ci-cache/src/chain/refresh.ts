/** The end of the chain: everything else stands before it. */
import { leavesImage, legsOf, type Config } from '@nx-ci-cache/records';
import { defineStep, targetNamesOf } from './definition';
import { legTarget } from './target-names';
import { publishImagesStep } from './publish-images';

export const refreshStep = defineStep({
  name: 'refresh',
  says: () => 'Refreshes constraints and images, checks the run and reports',
  after: (_part, config) => ['plan-refresh', ...targetNamesOf(publishImagesStep, config), ...unpublished(config)],
  writes: (_part, { paths }) => [paths.refresh('json'), paths.refresh('md'), paths.refresh('html')],
});

/** Legs that leave a cache alone: no publishing waits for them. */
const unpublished = (config: Config): string[] => {
  const alone = new Set(config.images.filter((image) => !leavesImage(image)).map(({ name }) => name));
  return legsOf(config)
    .filter(({ image }) => alone.has(image))
    .map(legTarget);
};
