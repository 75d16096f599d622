/** Races and lost answers against real git: nothing is lost, nothing of others is overwritten, nothing false is said. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { passDeadline } from '../testing/time';
import { branch, freshWorld, type World } from '../testing/world';
import { publishFiles } from './publish';
import type { PublishRequest, PublishStep } from './request';

let world: World;
freshWorld((each) => (world = each));
afterEach(() => jest.restoreAllMocks());

/** Does `act` before the first occurrence of `step`. */
const before = (step: PublishStep, act: () => unknown): Pick<PublishRequest, 'on'> => {
  let done = false;
  return {
    on: async (name) => {
      if (name !== step || done) return;
      done = true;
      await act();
    },
  };
};

const two = { files: { 'a-3.11.txt': 'one==2.0\n' } };
const parents = () => world.remoteGit('rev-list', '--parents', branch).split('\n');
const isLinear = () => parents().every((line) => line.split(' ').length <= 2);

describe('between our reading and our push', () => {
  it.each<PublishStep>(['fetch', 'commit', 'push'])(
    'another writer pushes before %s: both commits are there, one after the other',
    async (step) => {
      await publishFiles(world.request());
      let other = '';
      const race = before(step, () => (other = world.otherWriter('other.txt', 'theirs==1\n')));
      const outcome = await publishFiles(world.request({ ...two, ...race }));
      expect(outcome).toMatchObject({ result: 'pushed', oldCommit: other, attempts: 2 });
      expect([world.show('a-3.11.txt'), world.show('other.txt')]).toEqual(['one==2.0', 'theirs==1']);
      expect(isLinear()).toBe(true);
    },
  );

  it('a newer run publishes the same file: we are superseded', async () => {
    const newer = {
      files: { 'a-3.11.txt': 'one==9\n' },
      source: { ...world.request().source, commit: world.sources[2] },
    };
    const race = before('push', () => publishFiles(world.request(newer)));
    const outcome = await publishFiles(world.request(race));
    expect(outcome).toMatchObject({ result: 'superseded', attempts: 2, newCommit: world.tip() });
    expect(world.show('a-3.11.txt')).toBe('one==9');
  });

  it('the same content is published by a twin: unchanged', async () => {
    const race = before('push', () => publishFiles(world.request({ message: 'The twin' })));
    expect(await publishFiles(world.request(race))).toMatchObject({ result: 'unchanged', newCommit: world.tip() });
  });

  it('the branch is deleted: it is made again, and never from stale content', async () => {
    await publishFiles(world.request());
    world.otherWriter('other.txt', 'theirs==1\n');
    const race = before('push', () => world.remoteGit('update-ref', '-d', `refs/heads/${branch}`));
    const outcome = await publishFiles(world.request({ ...two, ...race }));
    expect(outcome).toMatchObject({ result: 'pushed', oldCommit: null, attempts: 2 });
    expect(world.remoteGit('ls-tree', '--name-only', branch)).toBe('a-3.11.txt');
  });

  it('the branch is rewound: our commit goes on what is there now', async () => {
    const { newCommit } = await publishFiles(world.request());
    world.otherWriter('other.txt', 'theirs==1\n');
    const race = before('push', () => world.remoteGit('update-ref', `refs/heads/${branch}`, String(newCommit)));
    expect(await publishFiles(world.request({ ...two, ...race }))).toMatchObject({
      result: 'pushed',
      oldCommit: newCommit,
    });
    expect(parents()).toHaveLength(2);
  });
});

describe('between our push and our second look', () => {
  it('another writer pushes on top: ours is still pushed', async () => {
    await publishFiles(world.request());
    const race = before('settle', () => world.otherWriter('other.txt', 'theirs==1\n'));
    const outcome = await publishFiles(world.request({ ...two, ...race }));
    expect(outcome).toMatchObject({ result: 'pushed', attempts: 1 });
    expect(world.remoteGit('rev-parse', `${branch}~1`)).toBe(outcome.newCommit);
  });

  it('the branch is deleted: no false success, it is published again', async () => {
    const race = before('settle', () => world.remoteGit('update-ref', '-d', `refs/heads/${branch}`));
    expect(await publishFiles(world.request(race))).toMatchObject({
      result: 'pushed',
      attempts: 2,
      newCommit: world.tip(),
    });
    expect(world.tip()).not.toBeNull();
  });

  it('the answer is lost after the server applied it: already-applied', async () => {
    // The hook's parent is receive-pack; what started that is the client. Killing both cuts the answer off.
    const say = `printf '\\033[31m##vso[task.complete]x\\n' >&2`;
    world.hook('post-receive', `${say}; client=$(ps -o ppid= -p $PPID); kill -9 $client $PPID`);
    const outcome = await publishFiles(world.request());
    expect(outcome).toMatchObject({ result: 'already-applied', newCommit: world.tip(), attempts: 1 });
    expect(outcome.reasons.join()).not.toMatch(/\u001b|##vso/);
    expect(outcome.newCommit).not.toBeNull();
  });

  describe('and the remote is away for a moment', () => {
    const on: PublishRequest['on'] = (step, attempt) => {
      const away = `${world.remote}.away`;
      if (step === 'settle') renameSync(world.remote, away);
      if (step === 'observe' && attempt === 2) renameSync(away, world.remote);
    };
    /** What the attempt did whose answer was lost. */
    const applied = (oldCommit: string | null) => ({
      oldCommit,
      newCommit: world.tip(),
      attempts: 2,
      files: [{ file: 'a-3.11.txt', changed: true }],
      removed: ['a-3.9.txt'],
      message: expect.stringContaining('Removed: a-3.9.txt'),
    });
    const request = () => world.request({ ...two, remove: ['a-3.9.txt'], on });

    beforeEach(async () => {
      await publishFiles(world.request({ files: { 'a-3.11.txt': 'one==1.0\n', 'a-3.9.txt': 'one==0.9\n' } }));
    });

    it('settled by a later attempt, and recorded as what this run did', async () => {
      const oldCommit = world.tip();
      world.hook('post-receive', 'client=$(ps -o ppid= -p $PPID); kill -9 $client $PPID');
      const outcome = await publishFiles(request());
      expect(outcome).toMatchObject({ result: 'already-applied', ...applied(oldCommit) });
    });

    it('then the tag is refused: this run has published all the same', async () => {
      const oldCommit = world.tip();
      world.hook('update', 'case "$1" in refs/tags/*) echo no tags >&2; exit 1;; esac');
      const outcome = await publishFiles({ ...request(), tag: 'constraints-1.0.0' });
      expect(outcome).toMatchObject({ result: 'refused', ...applied(oldCommit) });
      expect(outcome.newCommit).not.toBe(oldCommit);
    });
  });
});

describe('a server that does not take it', () => {
  it('says why in a hook: refused with its words made harmless, nothing changed', async () => {
    const { newCommit } = await publishFiles(world.request());
    world.hook('pre-receive', `printf '\\033[31m::error::only on Mondays\\033[0m\\n' >&2; exit 1`);
    const outcome = await publishFiles(world.request(two));
    expect(outcome).toMatchObject({ result: 'refused', newCommit, attempts: 1 });
    expect(outcome.reasons.join()).toMatch(/pre-receive hook declined[^]*only on Mondays/);
    expect(outcome.reasons.join()).not.toMatch(/\u001b|^::/m);
    expect(world.tip()).toBe(newCommit);
  });

  const leaveLock = async () => {
    await publishFiles(world.request());
    mkdirSync(join(world.remote, 'refs/heads'), { recursive: true });
    writeFileSync(join(world.remote, `refs/heads/${branch}.lock`), '');
  };

  it('left a lock behind: failed at the deadline, naming the lock', async () => {
    await leaveLock();
    const on: PublishRequest['on'] = (step, attempt) => {
      if (step === 'settle' && attempt === 2) passDeadline();
    };
    const outcome = await publishFiles(world.request({ ...two, on }));
    expect(outcome).toMatchObject({ result: 'failed', attempts: 2 });
    expect(outcome.reasons.join('\n')).toContain(`${branch}.lock`);
  });

  it('left a lock behind and is away when asked what is there: failed, and the lock is named all the same', async () => {
    await leaveLock();
    const away = before('settle', () => {
      renameSync(world.remote, `${world.remote}.away`);
      passDeadline();
    });
    const outcome = await publishFiles(world.request({ ...two, ...away }));
    expect(outcome).toMatchObject({ result: 'failed', attempts: 1 });
    expect(outcome.reasons.join('\n')).toMatch(/could not be read after the push[^]*delete on the server/);
    expect(outcome.reasons.join('\n')).toContain(`${branch}.lock`);
  });

  it('is not there: an error, whatever the branch', async () => {
    await expect(publishFiles(world.request({ remote: `${world.remote}-none` }))).rejects.toMatchObject({
      code: 'CommandFailed',
    });
  });
});
