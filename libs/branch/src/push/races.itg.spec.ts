/** Up to sixteen pushers at once over every transport: every commit lands, history stays linear, nothing of anyone is lost. */
import { drawn } from '@nx-ci-cache/process/src/testing/sample';
import { race } from '../testing/race';
import type { Transport } from '../testing/server';
import { isSkipped, startTransport, unavailable, type TransportName } from '../testing/transport';
import { leftovers, makeWorld, type World } from '../testing/world';
import { publishFiles } from './publish';
import type { PublishRequest } from './request';

/** Their time goes with the square of the pushers: one transport at a time gets them all, in a race of its own. */
const names: readonly TransportName[] = ['file', 'http', 'ssh'];
const crowded = drawn(names, 1);
const patient = { deadlineMs: 500_000 };

describe.each(names)('over %s', (name) => {
  const rounds = crowded.includes(name) ? [6, 16] : [6, 6];
  const skipped = isSkipped(unavailable(name));
  const test = skipped ? it.skip : it;
  let world: World;
  let transport: Transport;
  beforeAll(async () => {
    if (skipped) return;
    world = makeWorld();
    transport = await startTransport(name, world);
  });
  afterAll(async () => {
    await transport?.stop();
    world?.remove();
    expect(leftovers()).toEqual([]);
  });

  const publish = (changes: Partial<PublishRequest>) =>
    publishFiles(world.request({ ...transport.access, ...patient, ...changes }));

  test(`lets ${rounds.join(', then ')} pushers of different files all land`, async () => {
    let commits = 0;
    for (const [at, pushers] of rounds.entries()) {
      commits += pushers;
      expect(await race({ world, publish, pushers, round: at + 1 })).toEqual({
        results: Array(pushers).fill('pushed'),
        attempts: expect.any(Number),
        lost: [],
        commits,
        isLinear: true,
      });
    }
    expect(world.remoteGit('fsck', '--strict', '--no-dangling')).toBe('');
  }, 1_800_000);

  test('lets the newest source win the same file, and the others say so', async () => {
    const files = (at: number) => ({ 'same.txt': `p==${at}\n` });
    const source = (at: 0 | 1 | 2) => ({ ...world.request().source, commit: world.sources[at] });
    const outcomes = await Promise.all(
      ([0, 1, 2] as const).map((at) => publish({ files: files(at), source: source(at) })),
    );
    expect(world.show('same.txt')).toBe('p==2');
    expect(outcomes[2]?.result).toBe('pushed');
    for (const { result } of outcomes) expect(['pushed', 'superseded']).toContain(result);
    const late = await publish({ files: files(0), source: source(0) });
    expect(late).toMatchObject({ result: 'superseded', newCommit: world.tip() });
    expect(late.reasons.join()).toContain(world.sources[2]);
  });
});
