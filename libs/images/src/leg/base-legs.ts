/** The images of other legs that a leg starts from: what their leg tags hold now, held against the plan. */
import type { BaseLeg, LegSpec } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { inputDigest } from '../plan/inputs';
import type { RecordedLeg } from '../plan/leg-annotations';
import { standingOf, supersededBy, type Order } from '../plan/order';
import { legKey } from '../plan/pinned-images';
import { readLegTag } from '../plan/state';
import type { RegistryClient } from '../registry/client';
import type { LegFacts } from './sources';

type Texts = Readonly<Record<string, string>>;

export interface BaseLegs {
  /** Digest of each image, as `pinnedImages` looks for it. */
  readonly bases: Texts;
  /** Input digest of each leg by its name. */
  readonly baseLegs: Texts;
}

/** As recorded, whatever was planned. @throws CiCacheError `CommandFailed`: a leg that no leg tag tells of. */
export const recordedBaseLegs = async (registry: RegistryClient, spec: LegSpec): Promise<BaseLegs> => {
  const read = await Promise.all(
    Object.values(spec.imageBases).map(async (base) => {
      const recorded = await readLegTag(registry, base);
      if (typeof recorded === 'string' || recorded.digest === undefined) throw notThere(spec, base, String(recorded));
      return [base, recorded.digest, inputDigest(recorded.inputs)] as const;
    }),
  );
  return {
    bases: Object.fromEntries(read.map(([base, digest]) => [legKey(base), digest])),
    baseLegs: Object.fromEntries(read.map(([{ name }, , inputs]) => [name, inputs])),
  };
};

/**
 * Digests for `pinnedImages`, or in words why a newer state has taken the place of what was planned.
 * @throws CiCacheError `CommandFailed`: a base that was not built as planned leaves those that start from it untouched.
 */
export const plannedBaseLegs = async (
  { spec, registry, baseLegs = {} }: LegFacts & { readonly registry: RegistryClient },
  order: Order,
): Promise<Texts | string> => {
  const digests: [string, string][] = [];
  for (const base of Object.values(spec.imageBases)) {
    const recorded = await readLegTag(registry, base);
    if (typeof recorded === 'string') throw notThere(spec, base, recorded);
    if (inputDigest(recorded.inputs) !== baseLegs[base.name]) {
      const newer = await newerThanOurs(spec, base, recorded, order);
      if (newer !== undefined) return newer;
      throw notThere(spec, base, `${base.legRef} was made from other inputs than this run planned`);
    }
    if (recorded.digest === undefined) throw notThere(spec, base, `${base.legRef} holds no image`);
    digests.push([legKey(base), recorded.digest]);
  }
  return Object.fromEntries(digests);
};

/** By source and constraints alone: what the base itself starts from is not known here. */
const newerThanOurs = async (
  spec: LegSpec,
  { legRef }: BaseLeg,
  recorded: RecordedLeg,
  order: Order,
): Promise<string | undefined> =>
  supersededBy(await standingOf({ ...spec, legRef }, recorded.inputs, recorded, order), false);

const notThere = ({ name }: LegSpec, base: BaseLeg, why: string) =>
  new CiCacheError('CommandFailed', `${name} is not built, because its base ${base.name} is not there: ${why}`, {
    remedy: `Mend ${base.name} first, or name it in --only too; with targets of your own, let ${name} wait for it.`,
    data: { leg: name, base: base.name },
  });
