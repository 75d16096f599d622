/** The indexes, one per image and Python: a function of its plan, published by the task that builds the legs. */
import { imageLine } from '@nx-ci-cache/report';
import { leavesImage, type ImageReasons, type PublishedImage } from '@nx-ci-cache/records';
import { defineStep } from './definition';

export const publishImagesStep = defineStep<PublishedImage>({
  name: 'publish-images',
  says: ({ image, python }) => `Publishes the index of ${image} for Python ${python}`,
  parts: ({ images, pythons }) =>
    images.filter(leavesImage).flatMap(({ name: image }) => pythons.map((python) => ({ image, python }))),
  options: ({ image, python }) => ({ image, python }),
  called: ({ image, python }) => `publish-images--${image}-${python}`,
  facts: ({ image, python }, { paths }) => [paths.imagePlan(image, python)],
  record: ({ image, python }, { paths }) => paths.image(image, python),
  line: async (image, { paths, ofRun, imageRecord }) =>
    imageLine(await imageRecord(image), await ofRun<ImageReasons>(paths.imageReasons(image.image, image.python))),
});
