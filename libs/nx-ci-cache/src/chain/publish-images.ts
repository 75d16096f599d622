/** The indexes: one target per image and Python, cached on its plan file. */
import { imageLine } from '@nx-ci-cache/report';
import { legsOf, type ImageReasons } from '@nx-ci-cache/records';
import { imageTarget, legTarget } from './target-names';
import { defineStep } from './definition';

/** One image for one Python, all its platforms together. */
export interface PublishedImage {
  readonly image: string;
  readonly python: string;
}

export const publishImagesStep = defineStep<PublishedImage>({
  name: 'publish-images',
  says: ({ image, python }) => `Publishes the index of ${image} for Python ${python}`,
  parts: ({ images, pythons }) => images.flatMap(({ name: image }) => pythons.map((python) => ({ image, python }))),
  options: ({ image, python }) => ({ image, python }),
  target: ({ image, python }) => imageTarget(image, python),
  after: ({ image, python }, config) => [
    'plan-refresh',
    ...legsOf(config)
      .filter((leg) => leg.image === image && leg.python === python)
      .map(legTarget),
  ],
  facts: ({ image, python }, { paths }) => [paths.imagePlan(image, python)],
  record: ({ image, python }, { paths }) => paths.image(image, python),
  line: async (image, { paths, ofRun, imageRecord }) =>
    imageLine(await imageRecord(image), await ofRun<ImageReasons>(paths.imageReasons(image.image, image.python))),
});
