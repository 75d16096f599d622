/** The legs that the configuration had and has no more: told by the history of the files it is written in. */
import { posix } from 'node:path';
import { configFileName, legSpec, type LegSpec, type RunValues } from '@nx-ci-cache/config';
import { checkout, isShallow, versionsOf, type Version } from '@nx-ci-cache/git';
import { type BranchFacts, type Config, legName, legsOf } from '@nx-ci-cache/records';
import { messageOf } from '@nx-ci-cache/process';
import { projectConfig } from '../../configuration/project-config';
import type { StepContext } from '../context/context';

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
  const files = [configFileName, 'project.json', 'package.json'].map((name) => posix.join(projectRoot, name));
  const versions = await versionsOf(git, sourceCommit, files);
  const former = formerOf(
    config,
    versions.flatMap((version) => readVersion(version, projectRoot)),
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

/** What never was a sound configuration, or is none for this version, has written nothing that we know. */
const readVersion = (version: Version, projectRoot: string): Config[] => {
  try {
    return [projectConfig(projectRoot, '', (file) => version[file])];
  } catch {
    return [];
  }
};
