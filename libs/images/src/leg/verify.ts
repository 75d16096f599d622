/** Nothing is recorded on a tool's word: what the build says it pushed is read back from the registry. */
import type { LegSpec } from '@nx-ci-cache/config';
import { cacheProblems } from '../plan/cache';
import type { RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { platformOf, type OciManifest, type Platform } from '../registry/oci';
import { cacheDigestOf, type BuildMetadata } from '../builder/metadata';

/** The image's digest. @throws CiCacheError `RegistryFailed`: it is not there, or of another platform. */
export const verifyImage = async (
  registry: RegistryClient,
  spec: LegSpec,
  metadata: BuildMetadata,
): Promise<string> => {
  const digest = metadata['containerimage.digest'];
  if (digest === undefined) throw registryFailed(`the build of ${spec.name} pushed no image`);
  const platform = await imagePlatform(registry, spec.repository, digest);
  if (platform === spec.platform) return digest;
  throw registryFailed(`${spec.repository}@${digest} is an image for ${platform} and not for ${spec.platform}`);
};

/** The cache's digest. @throws CiCacheError `RegistryFailed`: it is not there, or not whole. */
export const verifyCacheExport = async (
  registry: RegistryClient,
  spec: LegSpec,
  metadata: BuildMetadata,
): Promise<string> => {
  const digest = cacheDigestOf(metadata);
  if (digest === undefined) throw registryFailed(`the build of ${spec.name} exported no cache to ${spec.cacheRef}`);
  const problems = await cacheProblems(registry, spec.cacheRef, digest);
  if (problems.length === 0) return digest;
  throw registryFailed(problems.join('; '));
};

const imagePlatform = async (registry: RegistryClient, repository: string, digest: string): Promise<string> => {
  const manifest = await registry.getManifest(`${repository}@${digest}`);
  if (manifest === undefined) throw registryFailed(`the image ${repository}@${digest} is not in the registry`);
  const { config } = manifest.body as OciManifest;
  const bytes = await registry.getBlob(repository, config.digest);
  return platformOf(JSON.parse(bytes.toString('utf8')) as Platform);
};
