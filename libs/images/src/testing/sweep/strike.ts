/** Makes the fault of a case happen, and undoes it. */
import { killNode, startNode } from '@nx-ci-cache/testbed';
import { processesOf } from '@nx-ci-cache/process/src/testing/processes';
import { mediaTypes } from '../../registry/oci';
import type { LegFacts } from '../..';
import type { Fault } from '../faulty-registry';
import type { Case } from './cases';
import type { Sweep } from './sweep';

export interface Armed {
  readonly signal: AbortSignal;
  /** Whether it verifiably happened. */
  readonly fired: () => boolean;
  readonly disarm: () => Promise<void>;
}

export const strike = async (sweep: Sweep, facts: LegFacts, fault: Case): Promise<Armed> => {
  const { world, faulty } = sweep;
  const run = new AbortController();
  let fired = false;
  let killed: Promise<void> | undefined;
  const isOurs = (word: RegExp) => processesOf(world.stateDir).filter(({ command }) => word.test(command));
  const killNow = () => (killed ??= killNode(world.stateDir, 'amd64'));
  /** What dies asks nothing any more: nor does the connection it had. */
  const ends: Readonly<Record<string, () => void>> = {
    'end of the run': () => run.abort(),
    'SIGKILL of buildx': () =>
      isOurs(/\bbuildx (build|imagetools)\b/).forEach(({ pid }) => process.kill(pid, 'SIGKILL')),
    'SIGKILL of the node': () => void killNow(),
  };
  const armed = (more: () => void | Promise<void> = () => undefined): Armed => ({
    signal: run.signal,
    fired: () => fired,
    disarm: async () => {
      faulty.fail();
      await more();
      if (killed === undefined) return;
      await killed;
      await startNode(world.stateDir, 'amd64');
    },
  });
  if ('moment' in fault) {
    const { what } = fault.strike;
    const end = ends[what];
    const answer: Fault['answer'] =
      fault.strike.what === 'status' ? fault.strike.status : what === 'hang' || what === 'cut' ? what : 'cut';
    const { method, path } = fault.moment;
    faulty.fail({
      ...{ method, path, answer },
      met: () => {
        fired = true;
        end?.();
      },
    });
    return armed();
  }
  switch (fault.state) {
    case 'dead node':
      await killNow();
      fired = true;
      return armed();
    case 'corrupt cache': {
      const [, tag] = /:([^:/]*)$/.exec(facts.spec.cacheRef) ?? [];
      const { status } = await fetch(`http://${world.host}/v2/sweep-cache/manifests/${tag}`, {
        method: 'PUT',
        headers: { 'content-type': mediaTypes.index },
        body: JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] }),
      });
      fired = status === 201;
      return armed();
    }
    case 'node dies in a step':
    case 'run ends in a step': {
      const told = world.lines.length;
      // What comes right before the slow step.
      const watch = setInterval(() => {
        if (fired || !world.lines.slice(told).some((line) => line.includes('COPY version.txt'))) return;
        fired = true;
        if (fault.state === 'run ends in a step') run.abort();
        else void killNow();
      }, 50);
      return armed(() => clearInterval(watch));
    }
  }
};
