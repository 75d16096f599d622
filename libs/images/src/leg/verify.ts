/** Nothing is recorded on a tool's word: what the build says it pushed is read back from the registry. */
import type { LegSpec } from '@nx-ci-cache/config';
import { cacheProblems } from '../plan/cache';
import type { RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { attestedBy, isIndex, platformOf, type OciIndex, type OciManifest, type Platform } from '../registry/oci';
import { cacheDigestOf, type BuildMetadata } from '../builder/metadata';
import { inWords, leavesImage } from '@nx-ci-cache/records';
import type { RecordedLeg } from '../plan/leg-annotations';
import { exportFailed, type ExecutedAnyhow } from './despite-cache-export';

/** What was pushed: with attestations buildx pushes an index of the image and of what attests it. */
export interface PushedImage {
  /** The image manifest. */
  readonly digest: string;
  /** In the order of the index. */
  readonly attestations: readonly string[];
  /** What names them all. */
  readonly pushed: string;
}

/** @throws CiCacheError `RegistryFailed`: the image or an attestation asked for is not there, or it is of another platform. */
export const verifyImage = async (
  registry: RegistryClient,
  spec: LegSpec,
  metadata: BuildMetadata,
): Promise<PushedImage> => {
  const pushed = metadata['containerimage.digest'];
  if (pushed === undefined) throw registryFailed(`the build of ${spec.name} pushed no image`);
  const image = await imageIn(registry, spec, pushed);
  const platform = await imagePlatform(registry, spec.repository, image.digest);
  if (platform === spec.platform) return image;
  throw registryFailed(`${spec.repository}@${image.digest} is an image for ${platform} and not for ${spec.platform}`);
};

const imageIn = async (
  registry: RegistryClient,
  { name, repository, output: { provenance, sbom } }: LegSpec,
  pushed: string,
): Promise<PushedImage> => {
  if (provenance === undefined && sbom === undefined) return { digest: pushed, attestations: [], pushed };
  const index = await registry.getManifest(`${repository}@${pushed}`);
  const manifests = index !== undefined && isIndex(index.mediaType) ? (index.body as OciIndex).manifests : [];
  const [image, ...more] = manifests.filter((entry) => attestedBy(entry) === undefined);
  const attestations = manifests.filter((entry) => attestedBy(entry) === image?.digest).map(({ digest }) => digest);
  if (image !== undefined && more.length === 0 && attestations.length > 0)
    return { digest: image.digest, attestations, pushed };
  throw registryFailed(`the build of ${name} pushed no image with attestations: ${repository}@${pushed}`);
};

/**
 * The cache's digest, or why there is none: that fails no image.
 * @throws CiCacheError `RegistryFailed`: there is no image beside it, or no clear answer.
 */
export const verifyCacheExport = async (
  registry: RegistryClient,
  spec: LegSpec,
  { metadata, cacheFailure }: ExecutedAnyhow,
): Promise<Pick<RecordedLeg, 'cacheDigest' | 'cacheMissing'>> => {
  if (cacheFailure !== undefined) return { cacheMissing: exportFailed(cacheFailure) };
  const digest = cacheDigestOf(metadata);
  const problems =
    digest === undefined
      ? [`the build of ${spec.name} exported no cache to ${spec.cacheRef}`]
      : inWords(await cacheProblems(registry, spec.cacheRef, digest));
  if (digest !== undefined && problems.length === 0) return { cacheDigest: digest };
  if (leavesImage(spec)) return { cacheMissing: problems.join('; ') };
  throw registryFailed(problems.join('; '));
};

const imagePlatform = async (registry: RegistryClient, repository: string, digest: string): Promise<string> => {
  const manifest = await registry.getManifest(`${repository}@${digest}`);
  if (manifest === undefined) throw registryFailed(`the image ${repository}@${digest} is not in the registry`);
  const { config } = manifest.body as OciManifest;
  const bytes = await registry.getBlob(repository, config.digest);
  return platformOf(JSON.parse(bytes.toString('utf8')) as Platform);
};
