/** Faults of a Dockerfile are found in the commit alone: with a real repository, and nothing else there. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LegSpec } from '@nx-ci-cache/config';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { testSpec } from '../testing/leg';
import { refuseFaults } from './faults';

const workspace = testWorkspace();
afterAll(() => rmSync(workspace.root, { recursive: true }));

const files = {
  'app/src/a.py': 'a',
  'app/docs/b.md': 'b',
  'app/logs/keep': '',
  'app/.dockerignore': '**/*.md\nlogs\n!logs/keep\n',
  'libs/shared/c.txt': 'c',
};

const refuse = async (dockerfile: string, changes: Partial<LegSpec> = {}, needsFiles = true): Promise<void> => {
  const source = workspace.commit({
    ...files,
    [`.run/${randomUUID()}`]: '',
    'app/Dockerfile': `FROM scratch\n${dockerfile}\n`,
  });
  const spec = testSpec({ contexts: { shared: 'libs/shared' }, ...changes });
  const legs = [spec, { ...spec, platform: 'linux/arm64' }];
  return refuseFaults(source, legs, { needsFiles: () => needsFiles });
};
const look = (...asked: Parameters<typeof refuse>): Promise<string> =>
  refuse(...asked).then(
    () => 'nothing',
    (error: Error) => error.message,
  );

it.each([
  ['COPY src docs logs /x/'],
  ['COPY src/a.py ./src/ . /x/'],
  ['COPY logs/keep /'],
  ['COPY none* /'],
  ['COPY --from=shared c.txt /'],
  ['COPY --from=constraints constraints-3.11.txt /'],
  ['RUN --mount=source=src,target=/src true'],
])('lets pass %s', async (text) => {
  expect(await look(text)).toBe('nothing');
});

it.each([
  ['COPY none /', 'app/Dockerfile:2: COPY none /: none is not in the context app'],
  ['COPY src/a.py src/b.py /', 'src/b.py is not in the context app'],
  ['ADD ["docs/b.md", "/"]', 'docs/b.md is not in the context app'],
  ['COPY --from=shared d.txt /', 'd.txt is not in the context libs/shared'],
  ['COPY --from=constraints constraints-3.1.txt /', 'constraints-3.1.txt is none of the constraint files'],
  ['RUN --mount=source=nothing,target=/n true', 'nothing is not in the context app'],
])('finds that there is nothing for %s', async (text, message) => {
  expect(await look(text)).toContain(message);
});

it('says by which key a context has a .git, and whether there is one to give', async () => {
  const mount = 'RUN --mount=source=.git,target=.git,type=bind true';
  await expect(refuse(mount)).rejects.toMatchObject({
    message: expect.stringContaining('.git is not in the context app'),
    remedy: expect.stringContaining('images.ci.gitDir to true'),
  });
  expect(await look(mount, { gitDir: true })).toContain('the context app is not the top folder of the repository');
  const top = { gitDir: true, context: '.', contexts: {} };
  expect(await look(`${mount}\nCOPY .git/HEAD /`, top)).toBe('nothing');
});

it('finds what is wrong in all images at once, each fault once', async () => {
  const missing = join(workspace.root, 'none');
  const message = await look('COPY none /\nRUN --network=host true\nADD https://example.com/a /a', {
    secrets: { token: missing },
    ssh: { default: missing },
  });
  expect(message.split('\n').filter((line) => line.startsWith('  ') && !line.includes('→'))).toEqual([
    expect.stringContaining('app/Dockerfile:3: RUN --network=host true'),
    expect.stringContaining('app/Dockerfile:4: ADD https://example.com/a'),
    expect.stringContaining('app/Dockerfile:2: COPY none /'),
    expect.stringContaining(`images.ci.secrets.token: ${missing} is not there`),
    expect.stringContaining(`images.ci.ssh.default: ${missing} is not there`),
  ]);
  expect(message).toMatch(/^5 faults of images\n/);
});

it.each([
  ['a Dockerfile that is not there', { dockerfile: 'app/None' }, 'app/None is not in commit'],
  ['a context that is not there', { context: 'app/none' }, 'src is not in the context app/none'],
])('finds %s', async (_what, changes, message) => {
  expect(await look('COPY src /', changes)).toContain(message);
});

it('asks for no secret where nothing is built', async () => {
  expect(await look('COPY src /', { secrets: { token: '/none' } }, false)).toBe('nothing');
});
