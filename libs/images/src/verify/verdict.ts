/** What the proof amounts to, in words. */
import { counted } from '@nx-ci-cache/process';
import type { VerifiedLeg } from '@nx-ci-cache/records';

export const isWarm = ({ steps, missed, problems }: VerifiedLeg): boolean =>
  steps.total > 0 && steps.cached === steps.total && missed === undefined && problems.length === 0;

export const verdictSaid = (legs: readonly VerifiedLeg[]): string => {
  const [cached, total] = [sum(legs, 'cached'), sum(legs, 'total')];
  return `verify: ${cached} of ${total} steps CACHED over ${counted(legs.length, 'leg')}`;
};

/** What is wrong with them, one text for each fault; empty when all is well. @param expected how many the configuration has. */
export const verifyFaults = (legs: readonly VerifiedLeg[], expected: number): string[] => [
  ...(legs.length === expected ? [] : [`${legs.length} of ${counted(expected, 'leg')} were looked at`]),
  ...(sum(legs, 'total') === 0 ? ['there is no step that a cache could hold'] : []),
  ...legs.filter((leg) => !isWarm(leg)).flatMap(faultsOf),
];

const faultsOf = ({ leg, steps, missed, reasons = [], problems }: VerifiedLeg): string[] => {
  const because = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
  const miss = missed === undefined ? [] : [`${leg}: the first step that is not cached is ${missed}${because}`];
  const none = steps.total === 0 ? [`${leg} has no step that a cache could hold`] : [];
  const all = [...miss, ...problems.map((problem) => `${leg}: ${problem}`), ...none];
  return all.length > 0 ? all : [`${leg}: ${steps.cached} of ${counted(steps.total, 'step')} CACHED`];
};

const sum = (legs: readonly VerifiedLeg[], what: keyof VerifiedLeg['steps']): number =>
  legs.reduce((all, { steps }) => all + steps[what], 0);
