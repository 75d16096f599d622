/** What the registry knows of a leg: the recorded build, and whether what was recorded is still there. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { RegistryClient } from '../registry/client';
import { isIndex, type OciIndex } from '../registry/oci';
import { cacheProblems } from './cache';
import { parseLegAnnotations, type RecordedLeg } from './leg-annotations';

export interface LegState {
  readonly recorded?: RecordedLeg;
  /** What is missing or broken, in words. */
  readonly problems: readonly string[];
}

/** @throws CiCacheError `RegistryFailed`: the registry gives no clear answer. */
export const readLegState = async (registry: RegistryClient, spec: LegSpec): Promise<LegState> => {
  const recorded = await readLegTag(registry, spec);
  if (typeof recorded === 'string') return { problems: [recorded] };
  const [image, cache] = await Promise.all([
    registry.getManifest(`${spec.repository}@${recorded.digest}`),
    cacheProblems(registry, spec.cacheRef, recorded.cacheDigest),
  ]);
  const gone = image === undefined ? [`the image ${spec.repository}@${recorded.digest} is gone`] : [];
  return { recorded, problems: [...gone, ...cache] };
};

/** The recorded build, or why there is none, in words. */
export const readLegTag = async (registry: RegistryClient, spec: LegSpec): Promise<RecordedLeg | string> => {
  const manifest = await registry.getManifest(spec.legRef);
  if (manifest === undefined) return `no leg tag yet: ${spec.legRef}`;
  const { manifests = [], annotations } = manifest.body as Partial<OciIndex>;
  const recorded = isIndex(manifest.mediaType) ? parseLegAnnotations(annotations) : undefined;
  const [only] = manifests;
  const isWhole = recorded !== undefined && manifests.length === 1 && only?.digest === recorded.digest;
  return isWhole ? recorded : `the leg tag ${spec.legRef} holds no state of a leg`;
};
