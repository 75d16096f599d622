/** Images a build stands on, with the digests this run saw: what enters the inputs is what the build is given. */
import type { LegSpec } from '@nx-ci-cache/config';
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

/** @param digests index digest by reference. */
export const pinnedImages = (spec: LegSpec, { contexts, syntax }: BaseImages, digests: Texts): PinnedImages => ({
  bases: mapValues(spec.bases, (reference) => pin(reference, digests)),
  contexts: mapValues(contexts, ({ reference }) => pin(reference, digests)),
  ...(syntax === undefined ? {} : { syntax: pin(syntax.reference, digests) }),
  ...(spec.output.sbom === undefined ? {} : { sbom: pin(spec.output.sbom, digests) }),
});

/** By build argument; by full reference, which no argument can be called, where the Dockerfile itself names the image. */
export const imageInputs = (spec: LegSpec, images: BaseImages, digests: Texts): Texts => {
  const { bases, contexts, syntax, sbom } = pinnedImages(spec, images, digests);
  const named = Object.entries(images.contexts).map(([name, { reference }]) => [reference, contexts[name] ?? '']);
  return {
    ...bases,
    ...Object.fromEntries(named),
    ...(syntax === undefined ? {} : { '# syntax': syntax }),
    ...(sbom === undefined ? {} : { '# sbom': sbom }),
  };
};

const pin = (reference: string, digests: Texts): string => {
  const digest = digests[reference];
  if (digest === undefined) throw new Error(`no digest of base image ${reference}`);
  return pinnedReference(reference, digest);
};

const mapValues = <Value>(values: Readonly<Record<string, Value>>, map: (value: Value) => string): Texts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
