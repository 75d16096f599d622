/** Every reference that configurations of this workspace write today: whatever another one had, it is theirs now. */
import { join } from 'node:path';
import { configFileName, legSpec, type RunValues } from '@nx-ci-cache/config';
import { type Config, legsOf } from '@nx-ci-cache/records';
import { isConfigured } from '../../configuration/options';
import { projectConfig } from '../../configuration/project-config';
import { readText } from '../../configuration/json-file';
import type { StepContext } from '../context/context';

/** @throws CiCacheError `OptionInvalid` for one that cannot be read: nobody knows what it needs. */
export const referencesInUse = (
  run: RunValues,
  { config, projects, workspaceRoot }: StepContext,
): ReadonlySet<string> => {
  const others = Object.values(projects)
    .filter(({ root }) => root !== config.projectRoot)
    .filter(
      ({ root, targets }) => isConfigured(targets) || readText(join(workspaceRoot, root, configFileName)) !== undefined,
    )
    .map(({ root }) => projectConfig(root, workspaceRoot));
  return new Set([config, ...others].flatMap((each) => referencesOf(each, run)));
};

const referencesOf = (config: Config, run: RunValues): string[] =>
  legsOf(config).flatMap((leg) => {
    const { repository, legRef, cacheRef, tags } = legSpec(config, leg, run);
    return [legRef, cacheRef, ...tags.map(({ name }) => `${repository}:${name}`)];
  });
