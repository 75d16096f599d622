/** Puts together what is asked of registries: the legs and the tags of commits that this configuration has no use for. */
import { commitTagPatterns } from '@nx-ci-cache/config';
import { checkout, newestFirst } from '@nx-ci-cache/git';
import { planPrune, type CommitTags, type Found } from '@nx-ci-cache/images';
import { leavesImage, type BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { imageTools } from '../context/image-tools';
import { legOrder } from '../legs/leg-order';
import { formerLegs } from './former-legs';
import { referencesInUse } from './in-use';
import { unlistedLegs } from './unlisted-legs';

/** @throws CiCacheError when git, remote or registry cannot be asked. */
export const findLeftovers = async (branch: BranchFacts, context: StepContext): Promise<Found> => {
  const { config, environment, workspaceRoot } = context;
  const run = { branch: branch.imageBranch, commit: branch.sourceCommit, environment };
  const { registry } = imageTools(context);
  const former = await formerLegs(branch, context);
  const named = new Set(former.specs.map(({ legRef }) => legRef));
  const unlisted = (await unlistedLegs(config, run, registry)).filter(({ legRef }) => !named.has(legRef));
  const pythons = [...new Set([...config.pythons, ...former.specs.map(({ python }) => python)])];
  const commitTags = config.images.filter(leavesImage).flatMap(({ name: image, keep }): CommitTags[] => {
    if (keep === undefined) return [];
    return pythons
      .map((python) => ({ ...commitTagPatterns(config, { image, python }, run), keep }))
      .filter(({ patterns }) => patterns.length > 0);
  });
  const { toSource } = legOrder(branch, null, context);
  const found = await planPrune({
    ...{ registry, legs: [...former.specs, ...unlisted], commitTags, inUse: referencesInUse(run, context) },
    isPast: async (commit) => ['same', 'newer'].includes(await toSource(commit)),
    newestFirst: (commits) => newestFirst(checkout(workspaceRoot), commits),
  });
  return { leftovers: found.leftovers, doubts: [...former.doubts, ...found.doubts] };
};
