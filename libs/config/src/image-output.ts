/** How images are written: compression, times, labels and attestations, as far as they go together. */
import { leavesImage, type Config, type Image, type ImageOutput } from '@nx-ci-cache/records';
import { invalid, type Place } from './invalid';
import { checkReference } from './reference';
import {
  checkAnnotationTemplate,
  checkLabelTemplate,
  checkTemplate,
  fillTemplate,
  holdsPlaceholder,
  type TemplateValues,
} from './template';

/** Only what is written: what is absent enters neither argv nor digests. */
export const normaliseOutput = (written: Partial<ImageOutput>): ImageOutput => ({
  labels: written.labels ?? {},
  ...given(written, 'compression'),
  ...given(written, 'compressionLevel'),
  ...(written.forceCompression === true ? { forceCompression: true } : {}),
  ...given(written, 'sourceDateEpoch'),
  ...(written.rewriteTimestamp === true ? { rewriteTimestamp: true } : {}),
  ...given(written, 'provenance'),
  ...given(written, 'sbom'),
});

const given = <Name extends keyof ImageOutput>(written: Partial<ImageOutput>, name: Name): Partial<ImageOutput> =>
  written[name] === undefined ? {} : { [name]: written[name] };

/** @throws CiCacheError `OptionInvalid`: a scanner that is no image reference. */
export const filledOutput = (image: Image, values: TemplateValues, file: string): ImageOutput => {
  const place = (key: string): Place => ({ file, key: `images.${image.name}.${key}` });
  const { labels, sbom, ...output } = normaliseOutput(image);
  const filled = (key: string, text: string) => fillTemplate(text, values, place(key));
  return {
    ...output,
    labels: Object.fromEntries(Object.entries(labels).map(([name, text]) => [name, filled(`labels.${name}`, text)])),
    ...(sbom === undefined ? {} : { sbom: checkReference(filled('sbom', sbom), 'image', place('sbom')) }),
  };
};

/** BuildKit ignores what does not go together. @throws CiCacheError `OptionInvalid`. */
export const checkOutputs = ({ file, images }: Config): void => {
  for (const image of images) {
    const { name, compression = 'gzip', compressionLevel, labels, annotations } = image;
    const place = (key: string): Place => ({ file, key: `images.${name}.${key}` });
    for (const [label, text] of Object.entries(labels)) {
      checkLabelTemplate(text, place(`labels.${label}`));
      if (!holdsPlaceholder(text, 'commit')) continue;
      const allowed =
        'a text without {commit}: each commit would make another image; "annotations" of the index may hold it';
      throw invalid(place(`labels.${label}`), text, allowed);
    }
    for (const [key, text] of Object.entries(annotations)) checkAnnotationTemplate(text, place(`annotations.${key}`));
    if (image.sbom !== undefined) checkTemplate(image.sbom, place('sbom'));
    if (compressionLevel !== undefined && compressionLevel > highest[compression])
      throw invalid(place('compressionLevel'), compressionLevel, `0 to ${highest[compression]} with ${compression}`);
    if (image.rewriteTimestamp && image.sourceDateEpoch === undefined)
      throw invalid(place('rewriteTimestamp'), true, 'false, or sourceDateEpoch beside it');
    for (const key of ['provenance', 'sbom'] as const)
      if (image[key] !== undefined && !leavesImage(image))
        throw invalid(place(key), image[key], 'nothing where "publish" is "cache": there is no image to attest');
  }
};

const highest = { gzip: 9, estargz: 9, zstd: 22, uncompressed: 0 } as const;
