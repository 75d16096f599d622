/** Everything a leg is made from, read once and known by digest, so that plan and build agree on it. */
import type { LegSpec } from '@nx-ci-cache/config';
import { askedOnce, inPrivateFolder } from '@nx-ci-cache/process';
import type { LegInputs } from '@nx-ci-cache/records';
import { refuseDirty } from '../context/clean';
import type { Source } from '../context/source';
import { readSourceContext, type SourceContext } from '../context/source-context';
import { baseImages, type BaseImages } from '../dockerfile/base-images';
import { seenConstraints } from '../dockerfile/seen-constraints';
import { stageDockerfile, stageTexts, stagingIn, type StageContext } from '../context/stage';
import { constraintsOf, legInputs } from '../plan/inputs';
import type { StagedBuild } from './arguments';
import { refuseSecrets } from './known-secrets';

export interface LegFacts {
  readonly spec: LegSpec;
  readonly source: Source;
  /** Text of the pushed commit's constraint files by their names on the branch. */
  readonly constraints: Readonly<Record<string, string>>;
  /** Index digest of each base image by reference. */
  readonly bases: Readonly<Record<string, string>>;
  /** Input digest of each leg that is a base, by its name, as planned. Default: there is none. */
  readonly baseLegs?: Readonly<Record<string, string>>;
  /** Do not refuse local edits; they are not in the build all the same. Default: false. */
  readonly allowDirty?: boolean;
  /** What it has in common with other legs of this process. Default: nothing. */
  readonly shared?: SharedContexts;
}

/** Contexts of several legs: each is read once and staged once. */
export interface SharedContexts {
  readonly read: ReadContext;
  readonly stage: StageContext;
}

export interface LegSources {
  readonly context: SourceContext;
  /** Images the Dockerfile itself names. */
  readonly images: BaseImages;
  readonly inputs: LegInputs;
}

/** Reads a leg's context, refusing local edits of it. */
export type ReadContext = (facts: LegFacts) => Promise<SourceContext>;

/** For one look at many legs: those with the same context and Dockerfile share one reading, and nothing outlives the look. */
export const sharedContexts = (): ReadContext => {
  const read = askedOnce<SourceContext>();
  return (facts) => {
    const { source, spec, allowDirty = false } = facts;
    const { workspaceRoot, commit } = source;
    const key = JSON.stringify([
      workspaceRoot,
      commit,
      spec.context,
      spec.contexts,
      spec.dockerfile,
      spec.gitDir,
      allowDirty,
    ]);
    return read(key, () => readContext(facts));
  };
};

/** Shares contexts for as long as `work` takes; what was staged is gone afterwards. */
export const withSharedContexts = <Value>(work: (shared: SharedContexts) => Promise<Value>): Promise<Value> =>
  inPrivateFolder('ci-cache-contexts-', (folder) => work({ read: sharedContexts(), stage: stagingIn(folder) }));

const readContext: ReadContext = async ({ source, spec, allowDirty = false }) => {
  const context = await readSourceContext(source, spec);
  if (!allowDirty) await refuseDirty(source, spec, context);
  return context;
};

/** @throws CiCacheError `OptionInvalid`: a secret where it would stay, local edits, files not in the commit, what is wrong with the Dockerfile. */
export const readLegSources = async (
  facts: LegFacts,
  read: ReadContext = facts.shared?.read ?? readContext,
): Promise<LegSources> => {
  const { spec, bases, baseLegs = {} } = facts;
  const constraints = constraintsOf(spec, facts.constraints);
  await refuseSecrets(spec);
  const context = await read(facts);
  const images = baseImages(spec.dockerfile, context.dockerfile, spec);
  const { digest: contextDigest, dockerfile, gitDir } = context;
  const contexts = Object.fromEntries(Object.entries(context.named).map(([name, { digest }]) => [name, digest]));
  const seen = seenConstraints(spec.dockerfile, dockerfile, spec);
  const inputs = legInputs({
    ...{ spec, contextDigest, contexts, dockerfile, images, bases, baseLegs },
    constraints: seen === undefined ? constraints : only(seen, constraints),
    ...(gitDir === undefined ? {} : { gitDir: gitDir.digest }),
  });
  return { context, images, inputs };
};

const only = (names: ReadonlySet<string>, texts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).filter(([name]) => names.has(name)));

/** Materialises the sources: what no other leg shares, under `parent`. */
export const stageLeg = async (
  { spec, constraints, shared }: LegFacts,
  { context }: LegSources,
  parent: string,
): Promise<StagedBuild> => {
  const stage = shared?.stage ?? stagingIn(parent);
  const contexts: Record<string, string> = {};
  for (const [name, named] of Object.entries(context.named)) contexts[name] = await stage(named, `context-${name}`);
  return {
    context: await stage(context),
    contexts,
    constraints: await stageTexts('constraints', constraintsOf(spec, constraints), parent),
    dockerfile: await stageDockerfile(context.dockerfile, parent),
  };
};
