/** What the registry knows of a leg: the recorded build, and whether what was recorded is still there. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { RegistryClient } from '../registry/client';
import { leavesCache, leavesImage } from '@nx-ci-cache/records';
import { isIndex, type OciIndex } from '../registry/oci';
import { unseen, seenOr } from '../registry/unseen';
import { cacheProblems } from './cache';
import { parseLegAnnotations, type RecordedLeg } from './leg-annotations';

export interface LegState {
  readonly recorded?: RecordedLeg;
  /** What is missing or broken, in words. */
  readonly problems: readonly string[];
}

/**
 * @param preview what needs an account is a problem, and no failure.
 * @throws CiCacheError `RegistryFailed`: the registry gives no clear answer.
 */
export const readLegState = async (registry: RegistryClient, spec: LegSpec, preview = false): Promise<LegState> => {
  const recorded = await seenOr(preview, readLegTag(registry, spec), unseen(spec.repository));
  if (typeof recorded === 'string') return { problems: [recorded] };
  const problems = await Promise.all([
    leavesImage(spec) ? imageProblems(registry, spec, recorded) : [],
    leavesCache(spec) ? seenOr(preview, recordedCacheProblems(registry, spec, recorded), [unseen(spec.cacheRef)]) : [],
  ]);
  return { recorded, problems: problems.flat() };
};

const imageProblems = async (
  registry: RegistryClient,
  { repository }: LegSpec,
  { digest }: RecordedLeg,
): Promise<string[]> => {
  if (digest === undefined) return ['the recorded build left no image'];
  const image = await registry.getManifest(`${repository}@${digest}`);
  return image === undefined ? [`the image ${repository}@${digest} is gone`] : [];
};

const recordedCacheProblems = async (
  registry: RegistryClient,
  { cacheRef }: LegSpec,
  { cacheDigest }: RecordedLeg,
): Promise<string[]> =>
  cacheDigest === undefined ? ['the recorded build left no cache'] : cacheProblems(registry, cacheRef, cacheDigest);

/** The recorded build, or why there is none, in words. */
export const readLegTag = async (registry: RegistryClient, spec: LegSpec): Promise<RecordedLeg | string> => {
  const manifest = await registry.getManifest(spec.legRef);
  if (manifest === undefined) return `no leg tag yet: ${spec.legRef}`;
  const { manifests = [], annotations } = manifest.body as Partial<OciIndex>;
  const recorded = isIndex(manifest.mediaType) ? parseLegAnnotations(annotations) : undefined;
  const [only] = manifests;
  const isWhole = recorded !== undefined && manifests.length === 1 && only?.digest === heldBy(recorded);
  return isWhole ? recorded : `the leg tag ${spec.legRef} holds no state of a leg`;
};

/** The manifest that the leg tag holds: the image, or the cache where there is no image. */
export const heldBy = ({ digest, cacheDigest }: RecordedLeg): string => digest ?? cacheDigest ?? '';
