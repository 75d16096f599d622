/** The glibc of an image, read from its layers in the registry: no image is pulled whole, and nothing of it is run. */
import { architectureOf } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';
import type { Manifest, RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { isIndex, platformOf, type Descriptor, type OciIndex, type OciManifest } from '../registry/oci';
import { parseReference } from '../registry/reference';
import type { Found } from './found';
import { keptFor } from './kept';
import { readLayer } from './read-layer';
import type { Bytes } from './unpacked';

/** Asked for at a time: enough for the library of a small image, and no more is read than needed. */
const partBytes = 4 * 1024 * 1024;

export interface GlibcQuestion {
  readonly registry: RegistryClient;
  readonly environment: NodeJS.ProcessEnv;
  readonly reference: string;
  readonly platform: string;
}

/**
 * N of its glibc 2.N. The lowest layer with a C library says it: one above can only bring a newer one, on which the same
 * wheels run.
 * @throws CiCacheError `OptionInvalid` where there is none; `RegistryFailed`: no clear answer.
 */
export const glibcOf = async (question: GlibcQuestion): Promise<number> => {
  const { reference, platform, registry, environment } = question;
  for (const layer of await layersOf(question)) {
    const found = await keptFor(layer.digest, environment, () => readIn(registry, reference, layer));
    if (found.library === 'glibc') return found.minor;
    if (found.library === 'musl') throw without(question, 'musl, as Alpine has it, and no glibc');
  }
  throw without({ reference, platform }, 'no C library in any of its layers');
};

const readIn = async (registry: RegistryClient, reference: string, layer: Descriptor): Promise<Found> => {
  try {
    return await readLayer(partsOf(registry, reference, layer));
  } catch (error) {
    if (error instanceof CiCacheError) throw error;
    throw registryFailed(`the layer ${layer.digest} of ${reference} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
};

const partsOf = async function* (registry: RegistryClient, reference: string, { digest, size }: Descriptor): Bytes {
  for (let from = 0; from < size;) {
    const part = await registry.getBlobPart(reference, digest, { from, bytes: Math.min(partBytes, size - from) });
    yield part.subarray(0, size - from);
    from += part.length;
  }
};

const layersOf = async ({ registry, reference, platform }: GlibcQuestion): Promise<readonly Descriptor[]> => {
  const found = await manifestAt(registry, reference);
  if (!isIndex(found.mediaType)) return (found.body as OciManifest).layers;
  const { manifests } = found.body as OciIndex;
  const wanted =
    manifests.find(({ platform: of }) => of && platformOf(of) === platform) ??
    manifests.find(({ platform: of }) => of && architectureOf(platformOf(of)) === architectureOf(platform));
  if (wanted === undefined) throw without({ reference, platform }, 'no image for it');
  const { host, repository } = parseReference(reference);
  return ((await manifestAt(registry, `${host}/${repository}@${wanted.digest}`)).body as OciManifest).layers;
};

const manifestAt = async (registry: RegistryClient, reference: string): Promise<Manifest> => {
  const found = await registry.getManifest(reference);
  if (found !== undefined) return found;
  throw registryFailed(`the base image ${reference} does not exist`, {
    remedy: 'Correct the reference where the image names it, or push the base image first.',
  });
};

const without = ({ reference, platform }: Pick<GlibcQuestion, 'reference' | 'platform'>, what: string) =>
  new CiCacheError('OptionInvalid', `"linux": the base image ${reference} on ${platform} has ${what}`, {
    remedy: 'Let the image start from one with glibc, or write the Linux itself, e.g. "linux": "manylinux_2_36".',
    data: { reference, platform },
  });
