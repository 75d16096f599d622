/** Records a verified build under its leg tag, and turns a recorded build into the leg's record. */
import type { LegSpec } from '@nx-ci-cache/config';
import { canonicalJson } from '@nx-ci-cache/process';
import type { Grant, LegRecord } from '@nx-ci-cache/records';
import type { Buildx } from '../builder/buildx';
import { inputDigest } from '../plan/inputs';
import { legAnnotations, type RecordedLeg } from '../plan/leg-annotations';
import { ahead, type Standing } from '../plan/order';
import { heldBy, readLegTag } from '../plan/state';
import { createIndex } from '../registry/imagetools';
import type { RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';
import { repositoryOf } from '../registry/reference';

interface LegTagPlace {
  readonly registry: RegistryClient;
  readonly buildx: Buildx;
  readonly spec: LegSpec;
  readonly emit: (line: string) => void;
}

/**
 * Reads the leg tag once more, writes it and reads it back. Not `ahead` when a newer state came before or right after it:
 * a registry has no compare-and-swap.
 * @throws CiCacheError `RegistryFailed`: it does not hold what was written.
 */
export const advanceLegTag = async (
  { registry, buildx, spec, emit }: LegTagPlace,
  {
    leg,
    pushed,
  }: { readonly leg: RecordedLeg; /** What names its attestations. */ readonly pushed?: string | undefined },
  standing: (recorded: RecordedLeg) => Promise<Standing>,
  grant: Grant<'legs'>,
): Promise<Standing> => {
  const { legRef: reference } = spec;
  const repository = repositoryOf(reference);
  const against = async (found: RecordedLeg | string) => (typeof found === 'string' ? ahead : standing(found));
  const before = await against(await readLegTag(registry, spec));
  if (before.place !== 'ahead') return before;
  const index = {
    reference,
    repository,
    digests: [...new Set([heldBy(leg), pushed ?? []].flat())],
    annotations: legAnnotations(leg),
  };
  await createIndex(buildx, index, grant);
  const written = await readLegTag(registry, spec);
  if (canonicalJson(written) === canonicalJson(leg)) {
    emit(`${spec.name}: recorded ${leg.digest ?? `the cache ${leg.cacheDigest}`}`);
    return ahead;
  }
  const after = await against(written);
  if (after.place !== 'ahead') return after;
  throw registryFailed(`the leg tag ${reference} does not hold what was written to it`, {
    remedy: 'Another run may have written it at the same time: run again.',
  });
};

/** @param leg without a digest of its cache when it left the cache ref as it was. */
export const recordOf = (spec: LegSpec, leg: RecordedLeg, result: LegRecord['result']): LegRecord => ({
  result,
  leg: spec.name,
  platform: spec.platform,
  inputDigest: inputDigest(leg.inputs),
  buildId: leg.buildId,
  ...(leg.digest === undefined ? {} : { digest: leg.digest, repository: spec.repository }),
  ...(leg.attestations === undefined ? {} : { attestations: leg.attestations }),
  ...(leg.cacheMissing === undefined ? {} : { cacheMissing: leg.cacheMissing }),
  ...(leg.cacheDigest === undefined ? {} : { cacheRef: spec.cacheRef, cacheDigest: leg.cacheDigest }),
  constraintsCommit: leg.constraintsCommit,
  sourceCommit: leg.sourceCommit,
  node: leg.node,
  ...(leg.ranOn === undefined ? {} : { ranOn: leg.ranOn }),
});
