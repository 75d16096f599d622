/** BuildKit's own names of steps against what the leg tag keeps of them: a run on any machine says why a step ran. */
import { ensureBuilder, readLegTag } from '..';
import { startWorld, type World } from '../testing/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
});
afterAll(() => world?.stop());

it('says of each step that ran what changed since the recorded build', async () => {
  const first = await world.refresh(world.legOf('misses', 'linux/amd64'));
  expect(first).toMatchObject({ result: 'built', steps: { total: 4 } });
  expect(first.ran).toBeUndefined();

  const leg = world.legOf('misses', 'linux/amd64', { 'app/version.txt': '2\n' });
  expect((await world.refresh(leg)).ran).toEqual([
    { step: 'stage-1 1/2 ran: COPY version.txt /version.txt', reasons: ['version.txt changed'] },
    {
      step: 'stage-1 2/2 ran: RUN echo building $(cat /version.txt)',
      reasons: ['COPY version.txt /version.txt before it: version.txt changed'],
    },
  ]);
  expect(world.lines).toContain(
    `${leg.spec.name}: step stage-1 1/2 ran: COPY version.txt /version.txt — version.txt changed`,
  );
  expect(await readLegTag(world.registry, leg.spec)).toMatchObject({
    steps: expect.stringMatching(/^[A-Za-z0-9+/=]+$/),
  });

  const changed = { ...leg, constraints: { ...leg.constraints, 'constraints-3.11.txt': 'six==1.15.0\n' } };
  const [copied, , ...others] = (await world.refresh(changed)).ran ?? [];
  expect(copied).toEqual({
    step: 'deps 2/3 ran: COPY --from=constraints constraints-3.11.txt /constraints.txt',
    reasons: ['constraints:constraints-3.11.txt changed'],
  });
  expect(others.map(({ reasons }) => reasons)).toEqual(
    others.map(() => [
      expect.stringMatching(/^FROM deps before it: the stage deps changed \(COPY --from=constraints .*\)$/),
    ]),
  );
});
