/** The targets of one project, as its steps define them. Names are listed, never matched by globs. */
import type { TargetConfiguration } from '@nx/devkit';
import { recordPaths, type Config } from '@nx-ci-cache/records';
import { chain } from '../chain/chain';
import { partsOf, targetName, type Place, type StepDefinition } from '../chain/definition';
import type { Naming } from './naming';
import type { TaskInput } from './plugin-inputs';
import { readsOf, type Reader } from './reads';
import { cached, uncached } from './target';

/** @param bases configurations of the projects whose images this one stands on. */
export const targetsOf = (
  config: Config,
  plugin: readonly TaskInput[],
  bases: readonly Config[] = [],
): Record<string, TargetConfiguration> => {
  const place = { config, paths: recordPaths(config.projectRoot) };
  return Object.fromEntries(chain.flatMap((step) => targetsOfStep(step, { ...place, bases }, plugin)));
};

const targetsOfStep = (
  step: StepDefinition,
  place: Place & Reader,
  plugin: readonly TaskInput[],
): readonly (readonly [string, TargetConfiguration])[] => {
  const parts = partsOf(step, place.config).map(
    (part) => [targetName(step, part), targetOf(step, part, place, plugin)] as const,
  );
  if (step.whole === undefined) return parts;
  const { says, after = () => [] } = step.whole;
  const dependsOn = [...parts.map(([name]) => name), ...after(place.config)];
  return [...parts, [step.name, uncached(says, { executor: step.name, dependsOn })]];
};

const targetOf = <Part extends object>(
  step: StepDefinition<Part>,
  part: Part,
  place: Place & Reader,
  plugin: readonly TaskInput[],
): TargetConfiguration => {
  const common = {
    executor: step.name,
    options: step.options?.(part) ?? {},
    dependsOn: step.after?.(part, place.config),
    outputs: [...(step.writes?.(part, place) ?? []), ...[step.record?.(part, place) ?? []].flat()],
  };
  const facts = step.facts?.(part, place);
  return facts === undefined
    ? uncached(step.says(part), { ...common, reads: readsOf(step.name, common.options, place) })
    : cached(step.says(part), { ...common, facts, plugin });
};

/** The same under the names of this workspace; what is no target of ours, such as a gate, keeps its own. */
export const renamed = (targets: Readonly<Record<string, TargetConfiguration>>, naming: Naming) =>
  Object.fromEntries(
    Object.entries(targets).map(([name, { dependsOn, ...target }]): [string, TargetConfiguration] => {
      const inTurn = dependsOn?.map((each) => (typeof each === 'string' && each in targets ? naming(each) : each));
      return [naming(name), { ...target, ...(inTurn === undefined ? {} : { dependsOn: inTurn }) }];
    }),
  );
