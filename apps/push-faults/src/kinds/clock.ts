/** A clock that is set while we work: the time that is left must not depend on it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { steps, type FaultKind } from '../fault';
import { branch } from '../world/template';

const hour = 3_600_000;
const jumps = [-24 * hour, -hour, -60_000, 60_000, hour, 24 * hour] as const;

export const clocks: readonly FaultKind[] = [
  {
    name: 'the clock jumps',
    transports: ['file', 'http'],
    ends: ['pushed'],
    onFresh: true,
    weight: 2,
    arm: (_world, random) => {
      const clock = { step: random.pick(steps), byMs: random.pick(jumps) };
      return { at: JSON.stringify(clock), child: { clock }, fired: ({ clockJumped }) => clockJumped };
    },
  },
  {
    name: 'the clock jumps while the ref is locked',
    transports: ['file'],
    ends: ['failed'],
    onFresh: true,
    arm: ({ remote }, random) => {
      writeFileSync(join(remote, 'refs/heads', `${branch}.lock`), '');
      const clock = { step: random.pick(steps), byMs: random.pick(jumps) };
      const hurry = { step: 'settle', leftMs: 0 } as const;
      return { at: JSON.stringify(clock), child: { clock, hurry }, fired: ({ clockJumped }) => clockJumped };
    },
  },
];
