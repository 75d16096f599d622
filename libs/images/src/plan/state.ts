/** What the registry knows of a leg: the recorded build, and whether what was recorded is still there. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { RegistryClient } from '../registry/client';
import { leavesCache, leavesImage, type Reason } from '@nx-ci-cache/records';
import { attestedBy, isIndex, type OciIndex } from '../registry/oci';
import { unseen, seenOr } from '../registry/unseen';
import { ageProblems } from './age';
import { cacheProblems } from './cache';
import { parseLegAnnotations, type RecordedLeg } from './leg-annotations';

export interface LegState {
  readonly recorded?: RecordedLeg;
  /** What is missing or broken. */
  readonly problems: readonly Reason[];
}

interface Looking {
  /** ISO 8601, when the run looked at the world. Default: this instant. */
  readonly now?: string;
  /** What needs an account is a problem, and no failure. Default: false. */
  readonly preview?: boolean;
}

/** @throws CiCacheError `RegistryFailed`: the registry gives no clear answer. */
export const readLegState = async (
  registry: RegistryClient,
  spec: LegSpec,
  { now = new Date().toISOString(), preview = false }: Looking = {},
): Promise<LegState> => {
  const found = await seenOr(preview, readLegIndex(registry, spec), unseen(spec.repository));
  if ('kind' in found) return { problems: [found] };
  const { recorded } = found;
  const problems = await Promise.all([
    leavesImage(spec) ? imageProblems(registry, spec, recorded) : [],
    leavesCache(spec) ? seenOr(preview, recordedCacheProblems(registry, spec, recorded), [unseen(spec.cacheRef)]) : [],
  ]);
  return { recorded, problems: [...ageProblems(spec, recorded, now), ...problems.flat()] };
};

const imageProblems = async (
  registry: RegistryClient,
  { repository }: LegSpec,
  { digest, attestations = [] }: RecordedLeg,
): Promise<Reason[]> => {
  if (digest === undefined) return [{ kind: 'incomplete', text: 'the recorded build left no image' }];
  const there = (each: string) => registry.getManifest(`${repository}@${each}`);
  const [image, ...attested] = await Promise.all([digest, ...attestations].map(there));
  const name = `${repository}@${digest}`;
  if (image === undefined) return [{ kind: 'image-gone', text: `the image ${name} is gone` }];
  return attested.includes(undefined) ? [{ kind: 'image-gone', text: `an attestation of ${name} is gone` }] : [];
};

const recordedCacheProblems = async (
  registry: RegistryClient,
  { cacheRef }: LegSpec,
  { cacheDigest, cacheMissing }: RecordedLeg,
): Promise<Reason[]> => {
  if (cacheDigest !== undefined) return cacheProblems(registry, cacheRef, cacheDigest);
  if (cacheMissing === undefined) return [{ kind: 'incomplete', text: 'the recorded build left no cache' }];
  return [{ kind: 'incomplete', text: `the image is built, and its cache is missing: ${cacheMissing}` }];
};

/** The recorded build, or why there is none, in words. */
export const readLegTag = async (
  registry: RegistryClient,
  spec: Pick<LegSpec, 'legRef'>,
): Promise<RecordedLeg | string> => {
  const found = await readLegIndex(registry, spec);
  return 'kind' in found ? found.text : found.recorded;
};

export interface LegIndex {
  readonly recorded: RecordedLeg;
  /** Digest of what the leg tag names: one manifest, and what attests it. */
  readonly index: string;
}

export const readLegIndex = async (
  registry: RegistryClient,
  spec: Pick<LegSpec, 'legRef'>,
): Promise<LegIndex | Reason> => {
  const manifest = await registry.getManifest(spec.legRef);
  if (manifest === undefined) return { kind: 'first', text: `no leg tag yet: ${spec.legRef}` };
  const { manifests = [], annotations } = manifest.body as Partial<OciIndex>;
  const recorded = isIndex(manifest.mediaType) ? parseLegAnnotations(annotations) : undefined;
  const [only, ...others] = manifests;
  const isWhole = recorded !== undefined && only?.digest === heldBy(recorded);
  if (!isWhole || others.some((other) => attestedBy(other) !== only.digest))
    return { kind: 'foreign-leg-tag', text: `the leg tag ${spec.legRef} holds no state of a leg` };
  const attestations = others.length === 0 ? {} : { attestations: others.map(({ digest }) => digest) };
  return { recorded: { ...recorded, ...attestations }, index: manifest.digest };
};

/** The manifest that the leg tag holds: the image, or the cache where there is no image. */
export const heldBy = ({ digest, cacheDigest }: RecordedLeg): string => digest ?? cacheDigest ?? '';
