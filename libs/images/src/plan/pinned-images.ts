/** Images a build stands on, with the digests this run saw: what enters the inputs is what the build is given. */
import type { BaseLeg, LegSpec } from '@nx-ci-cache/config';
import type { BaseImages } from '../dockerfile/base-images';
import { pinnedReference } from '../registry/reference';

type Texts = Readonly<Record<string, string>>;

export interface PinnedImages {
  /** By build argument. */
  readonly bases: Texts;
  /** By the name of the context that takes the place of an image. */
  readonly contexts: Texts;
  readonly syntax?: string;
  /** What scans the image. */
  readonly sbom?: string;
}

/** @param digests index digest by reference; of a leg that is a base the digest of its image by `legKey`. */
export const pinnedImages = (spec: LegSpec, images: BaseImages, digests: Texts): PinnedImages => {
  const watched = watchedImages(spec, images, digests);
  const legs = mapValues(spec.imageBases, (base) => pinnedReference(base.repository, digestIn(digests, legKey(base))));
  return { ...watched, bases: { ...watched.bases, ...legs } };
};

/** What stands for a leg where others have a reference. */
export const legKey = ({ name }: Pick<BaseLeg, 'name'>): string => `leg:${name}`;

const watchedImages = (spec: LegSpec, { contexts, syntax }: BaseImages, digests: Texts): PinnedImages => ({
  bases: mapValues(spec.bases, (reference) => pin(reference, digests)),
  contexts: mapValues(contexts, ({ reference }) => pin(reference, digests)),
  ...(syntax === undefined ? {} : { syntax: pin(syntax.reference, digests) }),
  ...(spec.output.sbom === undefined ? {} : { sbom: pin(spec.output.sbom, digests) }),
});

/**
 * By build argument; by full reference, which no argument can be called, where the Dockerfile itself names the image. A leg
 * is known by its inputs: what it is made from is known before it is made.
 * @param legs input digest of each leg that is a base, by its name.
 */
export const imageInputs = (spec: LegSpec, images: BaseImages, digests: Texts, legs: Texts): Texts => {
  const { bases, contexts, syntax, sbom } = watchedImages(spec, images, digests);
  const named = Object.entries(images.contexts).map(([name, { reference }]) => [reference, contexts[name] ?? '']);
  return {
    ...bases,
    ...mapValues(spec.imageBases, (base) => pinnedReference(legKey(base), digestIn(legs, base.name))),
    ...Object.fromEntries(named),
    ...(syntax === undefined ? {} : { '# syntax': syntax }),
    ...(sbom === undefined ? {} : { '# sbom': sbom }),
  };
};

const pin = (reference: string, digests: Texts): string => pinnedReference(reference, digestIn(digests, reference));

const digestIn = (digests: Texts, name: string): string => {
  const digest = digests[name];
  if (digest === undefined) throw new Error(`no digest of base image ${name}`);
  return digest;
};

const mapValues = <Value>(values: Readonly<Record<string, Value>>, map: (value: Value) => string): Texts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
