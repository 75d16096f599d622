/** The state of a leg as annotations of its leg tag: written once after verification, read by every plan. */
import { canonicalJson } from '@nx-ci-cache/process';
import type { LegInputs } from '@nx-ci-cache/records';
import { inputDigest } from './inputs';

export interface RecordedLeg {
  readonly inputs: LegInputs;
  readonly buildId: string;
  /** The image manifest; absent where the leg leaves a cache alone. */
  readonly digest?: string;
  /** Manifests that attest it, which the leg tag holds beside it; absent without any. */
  readonly attestations?: readonly string[];
  /** Absent where it leaves no cache. */
  readonly cacheDigest?: string;
  /** Why it left none though it should, in words; the image is whole. */
  readonly cacheMissing?: string;
  readonly constraintsCommit: string | null;
  readonly sourceCommit: string;
  /** When its run looked at the world, ISO 8601; absent in tags of older versions. */
  readonly observedAt?: string;
  /** When its run looked at the world whose build ran every step; absent when nobody knows. */
  readonly uncachedAt?: string;
  /** Name of the node that built it. */
  readonly node: string;
  /** Platform of the machine the steps ran on; absent when every step came from the cache. */
  readonly ranOn?: string;
  /** What its build took; absent in tags of older versions. */
  readonly seconds?: number;
  /** What its steps were made from, as `recordSteps` writes it; absent in tags of older versions, and where it is too much. */
  readonly steps?: string;
}

const prefix = 'nx-ci-cache.';

export const legAnnotations = (leg: RecordedLeg): Readonly<Record<string, string>> =>
  prefixed({
    inputs: canonicalJson(leg.inputs),
    'input-digest': inputDigest(leg.inputs),
    'build-id': leg.buildId,
    digest: leg.digest ?? '',
    'cache-digest': leg.cacheDigest ?? '',
    ...(leg.cacheMissing === undefined ? {} : { 'cache-missing': leg.cacheMissing }),
    'constraints-commit': leg.constraintsCommit ?? '',
    'source-commit': leg.sourceCommit,
    'observed-at': leg.observedAt ?? '',
    ...(leg.uncachedAt === undefined ? {} : { 'uncached-at': leg.uncachedAt }),
    node: leg.node,
    'ran-on': leg.ranOn ?? '',
    seconds: String(leg.seconds ?? ''),
    ...(leg.steps === undefined ? {} : { steps: leg.steps }),
  });

/** Undefined when the annotations are not ours or contradict themselves. */
export const parseLegAnnotations = (annotations: Readonly<Record<string, string>> = {}): RecordedLeg | undefined => {
  const read = (name: string) => annotations[prefix + name] ?? '';
  const inputs = parseInputs(read('inputs'));
  if (inputs === undefined || inputDigest(inputs) !== read('input-digest')) return undefined;
  const seconds = read('seconds');
  return {
    inputs,
    buildId: read('build-id'),
    ...some('digest', read('digest')),
    ...some('cacheDigest', read('cache-digest')),
    ...some('cacheMissing', read('cache-missing')),
    constraintsCommit: read('constraints-commit') || null,
    sourceCommit: read('source-commit'),
    ...some('observedAt', read('observed-at')),
    ...some('uncachedAt', read('uncached-at')),
    node: read('node'),
    ...some('ranOn', read('ran-on')),
    ...(/^\d+(\.\d+)?$/.test(seconds) ? { seconds: Number(seconds) } : {}),
    ...some('steps', read('steps')),
  };
};

const prefixed = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));

const some = (name: string, value: string): Readonly<Record<string, string>> => (value === '' ? {} : { [name]: value });

const parseInputs = (text: string): LegInputs | undefined => {
  try {
    return JSON.parse(text) as LegInputs;
  } catch {
    return undefined;
  }
};
