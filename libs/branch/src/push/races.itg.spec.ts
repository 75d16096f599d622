/** Sixteen pushers at once over every transport: every commit lands, history stays linear, nothing of anyone is lost. */
import { race } from '../testing/race';
import type { Transport } from '../testing/server';
import { isSkipped, startTransport, unavailable, type TransportName } from '../testing/transport';
import { leftovers, makeWorld, type World } from '../testing/world';
import { publishFiles } from './publish';
import type { PublishRequest } from './request';

/** What a CI takes the time for; a person at work gets one round, and fewer pushers where a connection is dear. */
const full = Boolean(process.env['CI']);
const rounds = full ? 3 : 1;
const patient = { deadlineMs: 500_000 };

describe.each(['file', 'http', 'ssh'] as TransportName[])('over %s', (name) => {
  const pushers = full || name === 'file' ? 16 : 6;
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

  test(`lets ${pushers} pushers of different files all land, in ${rounds} rounds`, async () => {
    for (let round = 1; round <= rounds; round += 1) {
      expect(await race({ world, publish, pushers, round })).toEqual({
        results: Array(pushers).fill('pushed'),
        attempts: expect.any(Number),
        lost: [],
        commits: pushers * round,
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
