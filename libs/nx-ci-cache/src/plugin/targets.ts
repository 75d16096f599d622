/** The targets of one project, as its steps define them. Names are listed, never matched by globs. */
import type { TargetConfiguration } from '@nx/devkit';
import { recordPaths, type Config } from '@nx-ci-cache/records';
import { chain } from '../chain/chain';
import {
  factsOf,
  outputsOf,
  partName,
  partsOf,
  partsTogether,
  type Place,
  type StepDefinition,
} from '../chain/definition';
import { executorOf, noop } from '../configuration/plugin-name';
import type { Naming } from './naming';
import type { TaskInput } from './plugin-inputs';
import { readsOf, type Reader } from './reads';
import type { Led } from './sources';
import { cached, globsOf, uncached } from './target';

/**
 * @param bases configurations of the projects whose images this one stands on.
 * @param led files that the texts of a configuration lead to.
 */
export const targetsOf = (
  config: Config,
  plugin: readonly TaskInput[],
  bases: readonly Config[] = [],
  led: Led = () => [],
): Record<string, TargetConfiguration> => {
  const place = { config, paths: recordPaths(config.projectRoot), bases, led };
  const taken = chain.flatMap(({ whole }) => whole?.with ?? []);
  const steps = chain.filter((step) => !taken.includes(step));
  return Object.fromEntries(steps.flatMap((step) => targetsOfStep(step, place, plugin)));
};

const targetsOfStep = (
  step: StepDefinition,
  place: Place & Reader,
  plugin: readonly TaskInput[],
): readonly (readonly [string, TargetConfiguration])[] => {
  if (step.whole?.with !== undefined) return [[step.name, together(step, step.whole.says, place, plugin)]];
  const parts = partsOf(step, place.config).map(
    (part) => [partName(step, part), targetOf(step, part, place, plugin)] as const,
  );
  if (step.whole === undefined) return parts;
  // Every part has a target of its own: what stands behind all of them costs no process.
  const dependsOn = parts.map(([name]) => name);
  return [...parts, [step.name, uncached(step.whole.says, { executor: noop, dependsOn })]];
};

/** Each file of facts by its name: whatever else lies in their folder is of no part. */
const together = (
  step: StepDefinition,
  says: string,
  place: Place,
  plugin: readonly TaskInput[],
): TargetConfiguration => {
  const parts = partsTogether(step, place.config);
  return cached(says, {
    executor: executorOf(step.name),
    dependsOn: [...new Set(parts.flatMap((each) => each.step.after?.(each.part, place.config) ?? []))],
    outputs: parts.flatMap((each) => outputsOf(each, place)),
    facts: parts.flatMap((each) => factsOf(each, place) ?? []),
    plugin,
  });
};

const targetOf = <Part extends object>(
  step: StepDefinition<Part>,
  part: Part,
  place: Place & Reader,
  plugin: readonly TaskInput[],
): TargetConfiguration => {
  const common = {
    executor: executorOf(step.name),
    options: step.options?.(part) ?? {},
    dependsOn: step.after?.(part, place.config),
    outputs: outputsOf({ step, part }, place),
  };
  const facts = step.facts?.(part, place);
  return facts === undefined
    ? uncached(step.says(part), { ...common, reads: readsOf(step.name, common.options, place) })
    : cached(step.says(part), { ...common, facts: globsOf(facts), plugin });
};

/** The same under the names of this workspace; what is no target of ours, such as a gate, keeps its own. */
export const renamed = (targets: Readonly<Record<string, TargetConfiguration>>, naming: Naming) =>
  Object.fromEntries(
    Object.entries(targets).map(([name, { dependsOn, ...target }]): [string, TargetConfiguration] => {
      const inTurn = dependsOn?.map((each) => (typeof each === 'string' && each in targets ? naming(each) : each));
      return [naming(name), { ...target, ...(inTurn === undefined ? {} : { dependsOn: inTurn }) }];
    }),
  );
