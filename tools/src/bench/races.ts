/** Benchmark: pushers at once on one branch over every transport, and what was lost: races [pushers] [rounds] [transport]. */
import { publishFiles } from '@nx-ci-cache/branch';
import { race } from '@nx-ci-cache/branch/src/testing/race';
import { transports, unavailable, type TransportName } from '@nx-ci-cache/branch/src/testing/transport';
import { makeWorld } from '@nx-ci-cache/branch/src/testing/world';
import { timed } from './measure';

const [pushers = '32', rounds = '20', only = ''] = process.argv.slice(2);
const names = (['file', 'http', 'ssh'] as const).filter((name) => name.startsWith(only));

const races = async (name: TransportName): Promise<boolean> => {
  const world = makeWorld();
  const { access, stop } = await transports[name](world);
  try {
    const sum = { pushed: 0, attempts: 0, lost: 0, seconds: 0 };
    let isLinear = true;
    for (let round = 1; round <= Number(rounds); round += 1) {
      const publish: Parameters<typeof race>[0]['publish'] = (changes) =>
        publishFiles(world.request({ ...access, deadlineMs: 1_800_000, ...changes }));
      sum.seconds += await timed(async () => {
        const end = await race({ world, publish, pushers: Number(pushers), round });
        sum.pushed += end.results.filter((result) => result === 'pushed').length;
        sum.attempts += end.attempts;
        sum.lost += end.lost.length;
        isLinear &&= end.isLinear && end.commits === Number(pushers) * round;
      });
    }
    const fsck = world.remoteGit('fsck', '--strict', '--no-dangling');
    const whole = Number(pushers) * Number(rounds);
    console.log(
      `${name}: ${sum.pushed} of ${whole} pushed, ${sum.lost} lost, history ${isLinear ? 'linear' : 'NOT linear'}, ` +
        `fsck ${fsck === '' ? 'clean' : fsck}; ${(sum.attempts / whole).toFixed(1)} attempts and ` +
        `${(sum.seconds / whole).toFixed(2)} s of the branch's time each`,
    );
    return sum.pushed === whole && sum.lost === 0 && isLinear && fsck === '';
  } finally {
    await stop();
    world.remove();
  }
};

const main = async (): Promise<void> => {
  for (const name of names) {
    const missing = unavailable(name);
    if (missing !== undefined) throw new Error(missing);
    if (!(await races(name))) process.exitCode = 1;
  }
};

void main();
