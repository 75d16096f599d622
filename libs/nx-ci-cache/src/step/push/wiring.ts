/** Our targets as this workspace runs them: one that lost its inputs would be replayed, and one that looks or acts must never be. */
import { isDeepStrictEqual } from 'node:util';
import type { TargetConfiguration } from '@nx/devkit';
import { CiCacheError } from '@nx-ci-cache/process';
import { minimatch } from 'minimatch';
import { pluginInputs } from '../../plugin/plugin-inputs';
import { targetsOf } from '../../plugin/targets';
import type { StepContext } from '../context/context';

type Property = 'cache' | 'inputs' | 'outputs' | 'dependsOn';

/**
 * What is added to a target only makes it miss more often; a cached one may also be made uncached.
 * @throws CiCacheError `OptionInvalid` for the first target of the chain from which something was taken away.
 */
export const checkWiring = (context: StepContext): void => {
  const { config, projects, projectName, workspaceRoot } = context;
  const targets = projects[projectName]?.targets ?? {};
  for (const [name, inferred] of Object.entries(targetsOf(config, pluginInputs(workspaceRoot)))) {
    const actual = targets[name];
    if (actual === undefined || actual.executor !== inferred.executor) continue;
    const property = takenFrom(inferred, actual);
    if (property !== undefined) throw rewired(name, property, actual, context);
  }
};

const takenFrom = (inferred: TargetConfiguration, actual: TargetConfiguration): Property | undefined => {
  if (inferred.cache !== true) return actual.cache === true ? 'cache' : undefined;
  return (['inputs', 'outputs', 'dependsOn'] as const).find((property) => {
    const there: readonly unknown[] = actual[property] ?? [];
    return (inferred[property] ?? []).some((needed) => !there.some((each) => isDeepStrictEqual(each, needed)));
  });
};

const rewired = (name: string, property: Property, target: TargetConfiguration, context: StepContext) => {
  const { projectName, projects } = context;
  const key = defaultThatSets(property, name, target, context);
  const place =
    key === undefined
      ? `target "${name}" in project.json or package.json of ${projects[projectName]?.root ?? projectName}`
      : `targetDefaults["${key}"] in nx.json`;
  const what = property === 'cache' ? 'has "cache": true' : `has lost ${property} it was inferred with`;
  return new CiCacheError('OptionInvalid', `${projectName}:${name} ${what}: Nx would replay what is true no more`, {
    remedy: `Remove "${property}" from ${place}.`,
    data: { target: name, property },
  });
};

const defaultThatSets = (
  property: Property,
  name: string,
  { executor }: TargetConfiguration,
  { targetDefaults }: StepContext,
): string | undefined =>
  Object.keys(targetDefaults).find(
    (key) =>
      (key === executor || minimatch(name, key)) &&
      [targetDefaults[key]].flat().some((entry) => entry?.[property] !== undefined),
  );
