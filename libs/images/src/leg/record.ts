/** Records a verified build under its leg tag, and turns a recorded build into the leg's record. */
import type { LegSpec } from '@nx-ci-cache/config';
import { canonicalJson } from '@nx-ci-cache/process';
import type { Grant, LegRecord } from '@nx-ci-cache/records';
import type { Buildx } from '../builder/buildx';
import { inputDigest } from '../plan/inputs';
import { legAnnotations, type RecordedLeg } from '../plan/leg-annotations';
import { readLegTag } from '../plan/state';
import { createIndex } from '../registry/imagetools';
import type { RegistryClient } from '../registry/client';
import { registryFailed } from '../registry/failure';

/** Writes the leg tag and reads it back. @throws CiCacheError `RegistryFailed`: it does not hold what was written. */
export const recordLeg = async (
  registry: RegistryClient,
  buildx: Buildx,
  spec: LegSpec,
  leg: RecordedLeg,
  grant: Grant<'legs'>,
): Promise<void> => {
  const { repository, legRef: reference } = spec;
  const index = { reference, repository, digests: [leg.digest], annotations: legAnnotations(leg) };
  await createIndex(buildx, index, grant);
  const written = await readLegTag(registry, spec);
  if (canonicalJson(written) === canonicalJson(leg)) return;
  throw registryFailed(`the leg tag ${reference} does not hold what was written to it`, {
    remedy: 'Another run may have written it at the same time: run again.',
  });
};

export const recordOf = (spec: LegSpec, leg: RecordedLeg, result: LegRecord['result']): LegRecord => ({
  result,
  leg: spec.name,
  platform: spec.platform,
  inputDigest: inputDigest(leg.inputs),
  buildId: leg.buildId,
  digest: leg.digest,
  repository: spec.repository,
  cacheRef: spec.cacheRef,
  cacheDigest: leg.cacheDigest,
  constraintsCommit: leg.constraintsCommit,
  sourceCommit: leg.sourceCommit,
  node: leg.node,
  ...(leg.ranOn === undefined ? {} : { ranOn: leg.ranOn }),
});
