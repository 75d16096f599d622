/** Nothing is recorded on a tool's word: what the build says it pushed is read back from the registry. */
import type { LegSpec } from '@nx-ci-cache/config';
import { cacheProblems } from '../plan/cache';
import type { RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { platformOf, type OciManifest, type Platform } from '../registry/oci';
import { cacheDigestOf, type BuildMetadata } from './metadata';

export interface VerifiedBuild {
  readonly digest: string;
  readonly cacheDigest: string;
}

/** @throws CiCacheError `RegistryFailed`: image or cache are not there, not whole, or of another platform. */
export const verifyBuild = async (
  registry: RegistryClient,
  spec: LegSpec,
  metadata: BuildMetadata,
): Promise<VerifiedBuild> => {
  const digest = metadata['containerimage.digest'];
  const cacheDigest = cacheDigestOf(metadata);
  if (digest === undefined) throw registryFailed(`the build of ${spec.name} pushed no image`);
  if (cacheDigest === undefined)
    throw registryFailed(`the build of ${spec.name} exported no cache to ${spec.cacheRef}`);
  const [platform, problems] = await Promise.all([
    imagePlatform(registry, spec.repository, digest),
    cacheProblems(registry, spec.cacheRef, cacheDigest),
  ]);
  if (platform !== spec.platform) {
    throw registryFailed(`${spec.repository}@${digest} is an image for ${platform} and not for ${spec.platform}`);
  }
  if (problems.length > 0) throw registryFailed(problems.join('; '));
  return { digest, cacheDigest };
};

const imagePlatform = async (registry: RegistryClient, repository: string, digest: string): Promise<string> => {
  const manifest = await registry.getManifest(`${repository}@${digest}`);
  if (manifest === undefined) throw registryFailed(`the image ${repository}@${digest} is not in the registry`);
  const { config } = manifest.body as OciManifest;
  const bytes = await registry.getBlob(repository, config.digest);
  return platformOf(JSON.parse(bytes.toString('utf8')) as Platform);
};
