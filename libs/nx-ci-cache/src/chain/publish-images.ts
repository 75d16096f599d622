/** The indexes: one target per image and Python, cached on its plan file. */
import { imageLine } from '@nx-ci-cache/report';
import { leavesImage, legsOfImage, type ImageReasons, type PublishedImage } from '@nx-ci-cache/records';
import { imageTarget, legTarget } from './target-names';
import { defineStep } from './definition';

export const publishImagesStep = defineStep<PublishedImage>({
  name: 'publish-images',
  says: ({ image, python }) => `Publishes the index of ${image} for Python ${python}`,
  parts: ({ images, pythons }) =>
    images.filter(leavesImage).flatMap(({ name: image }) => pythons.map((python) => ({ image, python }))),
  options: ({ image, python }) => ({ image, python }),
  target: ({ image, python }) => imageTarget(image, python),
  after: (image, config) => ['plan-refresh', ...legsOfImage(image, config).map(legTarget)],
  facts: ({ image, python }, { paths }) => [paths.imagePlan(image, python)],
  record: ({ image, python }, { paths }) => paths.image(image, python),
  line: async (image, { paths, ofRun, imageRecord }) =>
    imageLine(await imageRecord(image), await ofRun<ImageReasons>(paths.imageReasons(image.image, image.python))),
});
