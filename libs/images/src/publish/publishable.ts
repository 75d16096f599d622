/** Whether an image may be published: every platform's leg is recorded, and the registry agrees with the records. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { ImageRecord, LegRecord } from '@nx-ci-cache/records';
import type { RecordedLeg } from '../plan/leg-annotations';
import { readLegIndex } from '../plan/state';
import type { RegistryClient } from '../registry/client';
import type { PlatformDigest } from './tag-plan';

/** Why an image is not published. */
export interface Fault {
  readonly result: Extract<ImageRecord['result'], 'refused' | 'superseded'>;
  readonly reason: string;
}

/** A leg that may be published. */
export interface SoundLeg extends PlatformDigest {
  /** Digest of the index that holds its attestations: alone they would lose what they are about. */
  readonly attestedIn?: string;
}

export interface Publishable {
  /** In the order of the specs; only those that are sound. */
  readonly platforms: readonly SoundLeg[];
  /** Why it may not be published; absent when it may. */
  readonly fault?: Fault;
}

export const publishable = async (
  registry: RegistryClient,
  specs: readonly LegSpec[],
  records: readonly LegRecord[],
): Promise<Publishable> => {
  const judged = await Promise.all(specs.map((spec) => judgeLeg(registry, spec, records)));
  const platforms = judged.flatMap((verdict) => ('digest' in verdict ? [verdict] : []));
  const faults = judged.flatMap((verdict) => ('reason' in verdict ? [verdict] : []));
  const fault = faults.find(({ result }) => result === 'refused') ?? faults[0];
  return fault === undefined ? { platforms } : { platforms, fault };
};

const judgeLeg = async (
  registry: RegistryClient,
  spec: LegSpec,
  records: readonly LegRecord[],
): Promise<SoundLeg | Fault> => {
  const record = records.find(({ leg }) => leg === spec.name);
  const planned = record?.planned ?? record?.buildId ?? undefined;
  const found = planned === undefined ? undefined : await readLegIndex(registry, spec);
  const held = found !== undefined && 'recorded' in found ? found.recorded : undefined;
  // The leg tag holds the very build the plan names: a record that tells of another end was not written by a run.
  if (held !== undefined && held.buildId === planned && !isOf(held, record)) {
    return { result: 'refused', reason: forged(spec.name) };
  }
  if (record?.result === 'superseded') {
    return { result: 'superseded', reason: record.reason ?? `the leg ${spec.name} is superseded` };
  }
  if (record?.digest === undefined) {
    const state =
      record === undefined ? 'has no record' : record.result === 'previewed' ? 'is not built' : `is ${record.result}`;
    return { result: 'refused', reason: `the leg ${spec.name} ${state}` };
  }
  if (record.apart) return judgeApart(registry, spec, { ...record, digest: record.digest });
  if (found === undefined || 'kind' in found)
    return { result: 'refused', reason: found?.text ?? `the leg ${spec.name} was not built` };
  const { recorded, index } = found;
  if (recorded.digest !== record.digest || recorded.buildId !== record.buildId) {
    return { result: 'superseded', reason: `the leg ${spec.name} was built anew by another run` };
  }
  const { attestations } = recorded;
  return {
    ...{ platform: spec.platform, digest: record.digest },
    ...(attestations === undefined ? {} : { attestations, attestedIn: index }),
  };
};

const isOf = ({ buildId, digest }: RecordedLeg, record: LegRecord | undefined): boolean =>
  record?.buildId === buildId && record.digest === digest && !record.apart && record.result !== 'superseded';

const forged = (leg: string): string =>
  `the record of the leg ${leg} contradicts its leg tag: somebody else wrote to the Nx cache, so run with --skip-nx-cache`;

/** No leg tag holds it, so the image itself is looked for. */
const judgeApart = async (
  registry: RegistryClient,
  { platform, repository }: LegSpec,
  { digest, attestations, attestedIn }: Pick<LegRecord, 'attestations' | 'attestedIn'> & { readonly digest: string },
): Promise<SoundLeg | Fault> =>
  (await registry.getManifest(`${repository}@${digest}`)) === undefined
    ? { result: 'refused', reason: `the image ${repository}@${digest} is gone` }
    : { platform, digest, ...(attestations && attestedIn ? { attestations, attestedIn } : {}) };
