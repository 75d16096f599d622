/** Everything the legs of this run are made from, read from records and filled-in configuration. */
import { join } from 'node:path';
import type { LegSpec } from '@nx-ci-cache/config';
import type { BaseFacts, BranchFacts } from '@nx-ci-cache/records';
import { type LegFacts } from '@nx-ci-cache/images';
import { readTextIfPresent } from '@nx-ci-cache/process';
import { planRefreshStep } from '../../chain/plan-refresh';
import type { StepContext } from '../context/context';
import { currentPlan } from '../facts/current';
import { required } from '../context/required';

/**
 * @param baseLegs input digest of each leg that is a base, by its name.
 * @throws CiCacheError `OptionInvalid` when `plan-refresh` has not laid out the pushed files.
 */
export const legFacts = async (
  spec: LegSpec,
  branch: BranchFacts,
  context: StepContext,
  baseLegs: LegFacts['baseLegs'] = {},
): Promise<LegFacts> => ({
  ...{ spec, baseLegs },
  source: { workspaceRoot: context.workspaceRoot, commit: branch.sourceCommit },
  constraints: await pushedFiles(spec, context),
  bases: await required<BaseFacts>(context, context.paths.bases, planRefreshStep),
  // Nothing is built in a preview, and the plan is made from the commit in any case.
  allowDirty: branch.preview !== undefined,
  ...(context.shared === undefined ? {} : { shared: context.shared }),
});

/** As this run planned them. @throws CiCacheError `OptionInvalid` when `plan-refresh` has not planned one. */
export const plannedBases = async (
  { imageBases, python, platform }: LegSpec,
  run: string,
  context: StepContext,
): Promise<Readonly<Record<string, string>>> => {
  const planned = await Promise.all(
    Object.values(imageBases).map(async ({ image, name }) => {
      const { plan } = await currentPlan({ image, python, platform }, run, context);
      return [name, plan.inputDigest] as const;
    }),
  );
  return Object.fromEntries(planned);
};

const pushedFiles = async (
  { constraintFiles }: LegSpec,
  { paths, at }: StepContext,
): Promise<Record<string, string>> => {
  const names = Object.values(constraintFiles);
  const texts = await Promise.all(names.map((name) => readTextIfPresent(at(join(paths.pushed, name)))));
  return Object.fromEntries(names.flatMap((name, index) => (texts[index] === undefined ? [] : [[name, texts[index]]])));
};
