/** What a consumer of the caches would build now: the commit checked out, with the published constraints. */
import type { LegSpec } from '@nx-ci-cache/config';
import { checkPublished } from '@nx-ci-cache/branch';
import type { EditedCommit } from '@nx-ci-cache/git';
import { readLegTag, recordedBaseLegs, type LegFacts } from '@nx-ci-cache/images';
import { leavesCache, type BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';
import { legSpecs } from '../context/leg-specs';
import { observeBases } from '../facts/observe-bases';
import { observeRun } from '../facts/observe-run';

export interface ConsumerFacts {
  readonly branch: BranchFacts;
  readonly legs: readonly LegFacts[];
}

/** Of every leg that leaves a cache. */
export const verifyFacts = (context: StepContext): Promise<ConsumerFacts> =>
  consumerFacts(context, (branch) => legSpecs(context, branch).filter(leavesCache));

/**
 * @param specsOf the legs that are meant.
 * @param edited takes the place of the commit that is checked out.
 * @throws CiCacheError when remote or registry cannot be asked.
 */
export const consumerFacts = async (
  context: StepContext,
  specsOf: (branch: BranchFacts) => readonly LegSpec[],
  edited?: EditedCommit,
): Promise<ConsumerFacts> => {
  const { branch, published } = await observeRun(context);
  checkPublished(published, branch.branch);
  const specs = specsOf(branch);
  const { registry } = imageTools(context);
  const source = { workspaceRoot: context.workspaceRoot, ...(edited ?? { commit: branch.sourceCommit }) };
  const now = await observeBases(specs, source, context);
  const legs = specs.map(async (spec) => {
    const recorded = await readLegTag(registry, spec);
    const { bases: ofLegs, baseLegs } = await recordedBaseLegs(registry, spec);
    const bases = { ...now, ...ofLegs, ...(typeof recorded === 'string' ? {} : baseDigestsOf(recorded.inputs.bases)) };
    // Local edits are not in the build in any case.
    return { spec, source, constraints: published, bases, baseLegs, allowDirty: true };
  });
  return { branch, legs: await Promise.all(legs) };
};

/** A base image that has moved since is no fault of the cache: the next refresh sees it. */
const baseDigestsOf = (bases: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.values(bases).map((pinned) => {
      const at = pinned.lastIndexOf('@');
      return [pinned.slice(0, at), pinned.slice(at + 1)];
    }),
  );
