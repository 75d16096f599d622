/** A git that hangs, whatever it does: the publication ends all the same, and takes along what that git has started. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { replaceGit, restoreGit } from '@nx-ci-cache/git/src/testing/fake-git';
import { passDeadline } from '../testing/time';
import { leftovers, makeWorld, type World } from '../testing/world';
import { publishFiles } from './publish';
import type { PublishRequest } from './request';

const deadlineMs = 1500;
let world: World;
beforeEach(() => {
  world = makeWorld();
});
afterEach(() => {
  restoreGit();
  jest.restoreAllMocks();
  world.remove();
  expect(leftovers()).toEqual([]);
});

/** From now on a git that is given this word never ends; a transfer waits for a helper that never ends. */
const hang = (word: string): void => {
  const never = join(world.folder, 'never');
  writeFileSync(never, '');
  replaceGit(world.folder, word, `${word === 'push' ? 'tail' : 'exec tail'} -f ${never}`);
};

/** What is still there of processes that name the scratch world. */
const alive = (): string =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(world.folder) || line.includes(`ci-cache-git-${process.pid}-`))
    .join('\n');

/** In the private repository, in the checkout whose history is compared, and with an identity. */
it.each(['hash-object', 'ls-tree', 'merge-base', 'commit-tree'])(
  '%s before the push: an error, nothing is written',
  async (word) => {
    const { newCommit } = await publishFiles(world.request());
    hang(word);
    const source = { ...world.request().source, commit: world.sources[2] };
    const failure = publishFiles(world.request({ files: { 'a-3.11.txt': 'one==2.0\n' }, source, deadlineMs }));
    await expect(failure).rejects.toMatchObject({
      code: 'CommandFailed',
      message: expect.stringContaining('did not end within'),
    });
    expect(alive()).toBe('');
    expect(world.tip()).toBe(newCommit);
  },
);

it('the push itself: failed, because nothing says what became of it', async () => {
  hang('push');
  const outcome = await publishFiles(world.request({ on: (step) => void (step === 'push' && passDeadline()) }));
  expect(outcome).toMatchObject({ result: 'failed', newCommit: null });
  expect(alive()).toBe('');
});

it('the look for our commit below that of another writer: failed, and the next run finds it', async () => {
  await publishFiles(world.request());
  const files = { 'a-3.11.txt': 'one==2.0\n' };
  const on: PublishRequest['on'] = (step) => {
    if (step !== 'settle') return;
    world.otherWriter('other.txt', 'theirs==1\n');
    hang('update-ref');
    passDeadline();
  };
  const outcome = await publishFiles(world.request({ files, on }));
  expect(outcome.result).toBe('failed');
  expect(outcome.reasons.join('\n')).toMatch(/could not be read after the push[^]*gave up at the deadline/);
  expect(alive()).toBe('');
  restoreGit();
  expect((await publishFiles(world.request({ files }))).result).toBe('unchanged');
});

describe('an ssh agent that never answers', () => {
  const { SSH_AUTH_SOCK } = process.env;
  let agent: Server;
  beforeEach(async () => {
    const socket = join(world.folder, 'agent');
    agent = createServer(() => undefined);
    await new Promise<void>((resolve) => agent.listen(socket, resolve));
    process.env['SSH_AUTH_SOCK'] = socket;
  });
  afterEach(() => {
    if (SSH_AUTH_SOCK === undefined) delete process.env['SSH_AUTH_SOCK'];
    else process.env['SSH_AUTH_SOCK'] = SSH_AUTH_SOCK;
    agent.close();
  });

  it('ends the signature with the helper that waits for it', async () => {
    const key = join(world.folder, 'key');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'bot', '-f', key]);
    const failure = publishFiles(world.request({ signingKey: `${key}.pub`, deadlineMs }));
    await expect(failure).rejects.toMatchObject({
      code: 'CommandFailed',
      message: expect.stringContaining('did not end within'),
    });
    expect(alive()).toBe('');
    expect(world.tip()).toBeNull();
  });
});
