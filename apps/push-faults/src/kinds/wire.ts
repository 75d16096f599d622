/** A connection that is refused, reset, cut, slow or silent. */
import type { PublishStep } from '@nx-ci-cache/branch';
import { once, type FaultKind } from '../fault';
import type { Random } from '@nx-ci-cache/process/src/testing/random';
import type { ProxyRule } from '../world/proxy';

const transports = ['http'] as const;
const ends = ['pushed', 'already-applied', 'failed', 'error'] as const;

const rule = (random: Random, act: ProxyRule['act'], bytes: number): ProxyRule => ({
  connection: random.between(0, 4),
  direction: random.pick(['to server', 'to client'] as const),
  after: random.between(0, bytes),
  act,
});

const line = (
  name: string,
  act: ProxyRule['act'],
  { bytes = 700, deadlineMs = 15_000, weight = 3, lasting = false } = {},
): FaultKind => ({
  name,
  transports,
  ends,
  onFresh: true,
  weight,
  arm: ({ proxy }, random) => {
    proxy.rule = { ...rule(random, act, bytes), lasting };
    return {
      at: JSON.stringify(proxy.rule),
      deadlineMs,
      fired: () => proxy.fired > 0,
      disarm: () => void (proxy.rule = undefined),
    };
  },
});

const moments: readonly PublishStep[] = ['observe', 'fetch', 'push', 'settle'];

export const wires: readonly FaultKind[] = [
  {
    name: 'connections are refused from a step on',
    transports,
    ends: ['failed', 'error'],
    onFresh: true,
    weight: 2,
    arm: ({ proxy }, random) => {
      const step = random.pick(moments);
      return { at: step, deadlineMs: 2500, ...once(step, proxy.refuse), disarm: proxy.accept };
    },
  },
  {
    name: 'connections are refused for a moment',
    transports,
    ends,
    onFresh: true,
    arm: ({ proxy }) => {
      let refused = false;
      const { onStep, fired } = once('push', async () => {
        refused = true;
        await proxy.refuse();
      });
      const again = async () => {
        if (!refused) return;
        refused = false;
        await proxy.accept();
      };
      return {
        at: 'push',
        fired,
        onStep: async (step, attempt, pid) => {
          if (step === 'settle') await again();
          await onStep?.(step, attempt, pid);
        },
        disarm: again,
      };
    },
  },
  line('a connection is reset', 'reset'),
  line('a connection is cut at a byte', 'end', { weight: 5 }),
  line('every connection is cut at a byte', 'end', { lasting: true, deadlineMs: 5000, weight: 2 }),
  line('a connection hangs', 'hang', { deadlineMs: 1500, weight: 3 }),
  line('every connection hangs', 'hang', { lasting: true, deadlineMs: 1500 }),
  line('a connection is slow', 'slow', { bytes: 200 }),
];
