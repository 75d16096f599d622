/** A seeded sample of all kinds of faults, a few worlds at a time, until enough of each kind verifiably happened. */
import type { FaultKind } from './fault';
import { inject, type Injection } from './inject';
import { makeTemplate, type Template } from './world/template';

/** How many faults of each kind make `total` or a few more. */
export const shares = (kinds: readonly FaultKind[], total: number): ReadonlyMap<FaultKind, number> => {
  const weights = kinds.reduce((sum, { weight = 1 }) => sum + weight, 0);
  return new Map(kinds.map((kind) => [kind, Math.ceil((total * (kind.weight ?? 1)) / weights)]));
};

/** Half of the machine waits for the other half: git, strace and servers are processes of their own. */
const worlds = 3;

/** Draws of a fault that did not come, per fault that did, before a kind counts as broken. */
const patience = 4;

/** `count` faults of one kind that happened, and those drawn that did not. */
export const sweepKind = async (
  template: Template,
  kind: FaultKind,
  count: number,
  seed: string,
): Promise<Injection[]> => {
  const all: Injection[] = [];
  let drawn = 0;
  const fired = () => all.filter((each) => each.fired).length;
  const draw = async (): Promise<void> => {
    for (let running = drawn - all.length; fired() + running < count && drawn < count * patience + patience;) {
      drawn += 1;
      all.push(await inject(template, kind, `${seed}/${drawn}`));
      running = drawn - all.length;
    }
  };
  await Promise.all(Array.from({ length: Math.min(worlds, count) }, draw));
  return all;
};

/** Lends the template to `use` and removes it. */
export const withTemplate = async <Value>(use: (template: Template) => Promise<Value>): Promise<Value> => {
  const template = await makeTemplate();
  try {
    return await use(template);
  } finally {
    await template.close();
  }
};
