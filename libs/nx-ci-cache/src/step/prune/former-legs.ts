/** The legs that the configuration had and has no more: told by the history of the files it is written in. */
import { legSpec, type LegSpec, type RunValues } from '@nx-ci-cache/config';
import { checkout, isShallow, versionsOf } from '@nx-ci-cache/git';
import { type BranchFacts, type Config, legName, legsOf } from '@nx-ci-cache/records';
import { messageOf } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import { configFilesOf, pastConfig } from '../facts/past-config';

export interface FormerLegs {
  /** Each as the last configuration that had it wrote it. */
  readonly specs: readonly LegSpec[];
  /** Why there may be more, in words. */
  readonly doubts: readonly string[];
}

/** @throws CiCacheError `CommandFailed`. */
export const formerLegs = async (
  { imageBranch, sourceCommit }: BranchFacts,
  { config, workspaceRoot, environment }: StepContext,
): Promise<FormerLegs> => {
  const git = checkout(workspaceRoot);
  const { projectRoot } = config;
  const versions = await versionsOf(git, sourceCommit, configFilesOf(projectRoot));
  const former = formerOf(
    config,
    versions.flatMap((version) => pastConfig(version, projectRoot) ?? []),
    { branch: imageBranch, commit: sourceCommit, environment },
  );
  return (await isShallow(git))
    ? {
        ...former,
        doubts: [...former.doubts, 'history ends where this clone does: git fetch --unshallow shows the rest'],
      }
    : former;
};

/** @param past configurations, the newest first. */
export const formerOf = (config: Config, past: readonly Config[], run: RunValues): FormerLegs => {
  const seen = new Set(legsOf(config).map(legName));
  const specs: LegSpec[] = [];
  const doubts = new Set<string>();
  for (const each of past)
    for (const leg of legsOf(each)) {
      if (seen.has(legName(leg))) continue;
      try {
        specs.push(legSpec(each, leg, run));
        seen.add(legName(leg));
      } catch (error) {
        doubts.add(`${legName(leg)} of an earlier configuration: ${messageOf(error)}`);
      }
    }
  return { specs, doubts: [...doubts] };
};
