/** Everything a leg is made from, read once and known by digest, so that plan and build agree on it. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { LegInputs } from '@nx-ci-cache/records';
import { checkBaseImages } from '../context/base-images';
import { refuseDirty } from '../context/clean';
import type { Source } from '../context/source';
import { readSourceContext, type SourceContext } from '../context/source-context';
import { stageContext, stageDockerfile, stageTexts } from '../context/stage';
import { constraintsOf, legInputs } from '../plan/inputs';
import type { StagedBuild } from './arguments';

export interface LegFacts {
  readonly spec: LegSpec;
  readonly source: Source;
  /** Text of the pushed commit's constraint files by name. */
  readonly constraints: Readonly<Record<string, string>>;
  /** Index digest of each base image by reference. */
  readonly bases: Readonly<Record<string, string>>;
  /** Do not refuse local edits; they are not in the build all the same. Default: false. */
  readonly allowDirty?: boolean;
}

export interface LegSources {
  readonly context: SourceContext;
  readonly inputs: LegInputs;
}

/** @throws CiCacheError `OptionInvalid`: local edits, files not in the commit, an unwatched base image. */
export const readLegSources = async (facts: LegFacts): Promise<LegSources> => {
  const { spec, source, constraints, bases, allowDirty = false } = facts;
  const context = await readSourceContext(source, spec);
  if (!allowDirty) await refuseDirty(source, spec, context);
  checkBaseImages(spec.dockerfile, context.dockerfile, Object.keys(spec.bases));
  const { digest: contextDigest, dockerfile } = context;
  return { context, inputs: legInputs({ spec, contextDigest, dockerfile, constraints, bases }) };
};

/** Materialises the sources under `parent`. */
export const stageLeg = async (
  { spec, source, constraints }: LegFacts,
  { context }: LegSources,
  parent: string,
): Promise<StagedBuild> => ({
  context: await stageContext(source, context, parent),
  constraints: await stageTexts('constraints', constraintsOf(spec, constraints), parent),
  dockerfile: await stageDockerfile(context.dockerfile, parent),
});
