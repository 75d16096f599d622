/** A Dockerfile as people have it, which names images by moving tags: the build gets what the run has looked at. */
import { run } from '@nx-ci-cache/process';
import { baseDigests, buildxWith, ensureBuilder, type LegFacts } from '..';
import { startWorld, type World } from '../testing/world';

let world: World;
const bookworm = () => `${world.host}/base/python:3.11`;
const trixie = () => `${world.host}/base/python:3.13`;
const moving = () => `${world.host}/moving/base:1`;
const tool = () => `${world.host}/moving/tool`;

const tag = (name: string, image: string) =>
  run(buildxWith(world.buildx, ['imagetools', 'create', '--tag', name, image]));

beforeAll(async () => {
  world = await startWorld();
  await ensureBuilder({ ...world, platforms: ['linux/amd64'], emit: () => undefined });
  await tag(moving(), bookworm());
  await tag(`${tool()}:latest`, trixie());
});
afterAll(() => world?.stop());

const dockerfile = () => `ARG REGISTRY=${world.host}
FROM \${REGISTRY}/moving/base:\${TAG:-1} AS build-amd64
COPY --from=${tool()} /etc/os-release /tool
RUN --mount=from=${moving()},source=/etc,target=/other \\
    grep bookworm /other/os-release && grep trixie /tool && grep bookworm /etc/os-release
FROM build-\${TARGETARCH}
`;

const observed = async (text: string): Promise<LegFacts> => {
  const leg = world.legOf('observed', 'linux/amd64', { 'app/Dockerfile': text });
  const bases = await baseDigests(world.registry, [moving(), `${tool()}:latest`]);
  return { ...leg, spec: { ...leg.spec, bases: {} }, bases };
};

it('is built from the digests that were seen, wherever the tags are by then, and stale once they have moved', async () => {
  const leg = await observed(dockerfile());
  const planned = await world.plan(leg);
  await tag(moving(), trixie());
  await tag(`${tool()}:latest`, bookworm());
  expect(await world.build(leg, planned)).toMatchObject({ result: 'built' });
  expect((await world.plan(leg)).reasons).toEqual([]);

  const moved = await observed(dockerfile());
  expect((await world.plan(moved)).reasons).toEqual([
    { kind: 'base', text: expect.stringContaining(`${moving()} moved: `) as string },
    { kind: 'base', text: expect.stringContaining(`${tool()}:latest moved: `) as string },
  ]);
});
