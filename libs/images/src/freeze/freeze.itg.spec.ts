/** Builds that are frozen, on a real BuildKit node. */
import { ensureBuilder, freezeImage } from '..';
import { startWorld, type World } from '../testing/world';

let world: World;

beforeAll(async () => {
  world = await startWorld();
  const { buildx, definition } = world;
  await ensureBuilder({ buildx, definition, platforms: ['linux/amd64'], emit: () => undefined });
});

afterAll(() => world?.stop());

const head = 'ARG BASE\nFROM ${BASE}\n';
const install =
  'ARG CI_CACHE_CUTOFF\nRUN echo "a==${CI_CACHE_CUTOFF%%T*}" > /list.txt && cat /constraints.txt >> /list.txt\n';
const dockerfile = `${head}COPY --from=constraints constraints-3.11.txt /constraints.txt\n${install}`;

const freeze = (text: string, { cutoff = '2026-05-01T00:00:00Z', command = 'cat /list.txt' } = {}) => {
  const leg = world.legOf('frozen', 'linux/amd64', { 'app/Dockerfile': text });
  const { registry, buildx, definition } = world;
  const node = world.nodeOf('linux/amd64');
  const tools = { registry, buildx, builder: definition.name, node, emit: () => undefined };
  return freezeImage({ ...leg, ...tools, build: '3.11', cutoff, command });
};

describe('a build that is frozen', () => {
  it('sees the cut-off and empty constraints, and is found again with the same bytes', async () => {
    const first = await freeze(dockerfile);
    expect(first).toMatchObject({ text: 'a==2026-05-01\n', node: 'linux-amd64' });
    const second = await freeze(dockerfile);
    expect(second).toEqual({ ...first, steps: { total: 2, cached: 2 } });
    expect(await freeze(dockerfile, { cutoff: '2026-05-02T00:00:00Z' })).toMatchObject({ text: 'a==2026-05-02\n' });
  });

  it('pushes nothing', async () => {
    const { status } = await fetch(`http://${world.host}/v2/frozen/tags/list`);
    expect(status).toBe(404);
  });

  it('runs the command as the image’s own user', async () => {
    const { text } = await freeze(`${dockerfile}USER 1000\n`, { command: 'echo "user==$(id -u)"' });
    expect(text).toBe('user==1000\n');
  });

  it('asks uv as a user who may write nowhere', async () => {
    const venv = '/venv/lib/python3.11/site-packages/acme-1.0.dist-info';
    const text = `${head}RUN uv venv --no-cache /venv && mkdir -p ${venv} && printf 'Metadata-Version: 2.1\\nName: acme\\nVersion: 1.0\\n' > ${venv}/METADATA\nENV VIRTUAL_ENV=/venv\nUSER 1000\n`;
    expect(await freeze(text, { command: 'uv pip freeze' })).toMatchObject({ text: 'acme==1.0\n' });
  });

  it.each([
    ['without a shell', `${head}FROM scratch\nCOPY version.txt /\n`, 'uv pip freeze', /it has no shell/, /"target"/],
    ['without the command', dockerfile, 'uvv pip freeze', /it does not have a command/, /Install it into the image/],
    [
      'without the Python',
      `${head}RUN true\n`,
      'uv pip freeze --python /no/python3',
      /"uv .*" failed in it/,
      /ci\.freeze of ci/,
    ],
  ])('says of an image %s what is wrong with it', async (_how, text, command, words, remedy) => {
    await expect(freeze(text, { command })).rejects.toMatchObject({
      code: 'CommandFailed',
      message: expect.stringMatching(new RegExp(`^the image ci cannot be frozen: ${words.source}`)),
      remedy: expect.stringMatching(remedy),
    });
  });

  it.each([
    ['an empty list', 'true', /build-image--3\.11: "true" printed no package/],
    ['a command that fails', 'echo the words >&2; exit 3', /failed in it\n.*build-image--3\.11 failed at .*the words/s],
  ])('refuses %s', async (_case, command, words) => {
    await expect(freeze(dockerfile, { command })).rejects.toMatchObject({
      code: 'CommandFailed',
      message: expect.stringMatching(words),
    });
  });
});
