/** Faults that are there when a run begins or has planned, or that come over it in a step. */
import { mediaTypes } from '../../registry/oci';
import type { LegFacts } from '../..';
import type { State } from './cases';
import type { Arming } from './arming';
import type { Sweep } from './sweep';

export const inState = async ({ sweep, facts, harm, run, fire }: Arming, state: State) => {
  const { world } = sweep;
  const now = async (act: Promise<void>) => {
    await act;
    fire();
    return {};
  };
  const afterPlan = (act: () => Promise<void>) => ({ planned: () => act().then(fire) });
  /** Right before the slow step, which is told when it comes. */
  const inStep = (act: () => void | Promise<void>) => {
    const told = world.lines.length;
    const watch = setInterval(() => {
      if (!world.lines.slice(told).some((line) => line.includes('COPY version.txt'))) return;
      clearInterval(watch);
      fire();
      void act();
    }, 50);
    return { stop: () => clearInterval(watch) };
  };
  switch (state) {
    case 'dead node':
      return now(harm.killNode());
    case 'hanging node':
      return now(harm.hangNode());
    case 'dead node after the plan':
      return afterPlan(harm.killNode);
    case 'hanging node after the plan':
      return afterPlan(harm.hangNode);
    case 'full node':
      return now(harm.fill('node'));
    case 'corrupt cache':
      return now(spoilCache(sweep, facts));
    case 'node dies in a step':
      return inStep(harm.killNode);
    case 'node gets full in a step':
      return inStep(() => harm.fill('node'));
    case 'run ends in a step':
      return inStep(() => run.abort());
  }
};

const spoilCache = async ({ registry }: Sweep, { spec }: LegFacts): Promise<void> => {
  const [, tag] = /:([^:/]*)$/.exec(spec.cacheRef) ?? [];
  const { status } = await fetch(`http://${registry.host}/v2/sweep-cache/manifests/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': mediaTypes.index },
    body: JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] }),
  });
  if (status !== 201) throw new Error(`the cache could not be spoilt: ${status}`);
};
