/** The same promises over every transport: what is on the remote afterwards does not depend on the way there. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommitFiles } from '../observation/commit-files';
import { observeBranch } from '../observation/refs';
import { httpUser } from '../testing/http-server';
import type { Access, Transport } from '../testing/server';
import { isSkipped, startTransport, transports, unavailable, type TransportName } from '../testing/transport';
import { branch, gitIn, leftovers, makeWorld, type World } from '../testing/world';
import { publishFiles } from './publish';
import type { PublishRequest } from './request';

const two = { files: { 'a-3.11.txt': 'one==2.0\n' } };

describe.each(Object.keys(transports) as TransportName[])('over %s', (name) => {
  const skipped = isSkipped(unavailable(name));
  const test = skipped ? it.skip : it;
  let world: World;
  let transport: Transport;
  beforeAll(async () => {
    if (skipped) return;
    world = makeWorld();
    transport = await startTransport(name, world);
  });
  afterEach(() => {
    world.remoteGit('update-ref', '-d', `refs/heads/${branch}`);
    for (const hook of ['pre-receive', 'post-receive']) world.hook(hook, 'exit 0');
    expect(leftovers()).toEqual([]);
  });
  afterAll(async () => {
    await transport?.stop();
    world?.remove();
  });

  const publish = (changes: Partial<PublishRequest> = {}, access: Access = transport.access) =>
    publishFiles(world.request({ deadlineMs: 30_000, ...access, ...changes }));

  test('creates, keeps, changes and removes, and leaves others alone', async () => {
    expect(await publish()).toMatchObject({ result: 'pushed', oldCommit: null, newCommit: world.tip() });
    expect(await publish()).toMatchObject({ result: 'unchanged', newCommit: world.tip() });
    const other = world.otherWriter('other.txt', 'theirs==1\n');
    const next = await publish({ ...two, tag: `constraints-1.0.${name.length}` });
    expect(next).toMatchObject({ result: 'pushed', oldCommit: other, tag: expect.any(String) });
    expect(await publish({ files: { 'b.txt': 'x==1\n' }, remove: ['a-3.11.txt'] })).toMatchObject({ result: 'pushed' });
    expect(world.remoteGit('ls-tree', '--name-only', branch).split('\n')).toEqual(['b.txt', 'other.txt']);
    expect(world.remoteGit('fsck', '--strict', '--no-dangling')).toBe('');
  });

  test('reads the branch and a commit back', async () => {
    const { remote, environment, ssh } = transport.access;
    const access = { ...(environment && { environment }), ...(ssh && { ssh }) };
    expect(await observeBranch(remote, branch, access)).toBeNull();
    const { newCommit } = await publish();
    expect(await observeBranch(remote, branch, access)).toBe(newCommit);
    expect((await readCommitFiles(remote, String(newCommit), ['a-3.11.txt'], access)).files).toEqual({
      'a-3.11.txt': 'one==1.0\n',
    });
  });

  test('goes on where another writer was faster, and says so where a newer run was', async () => {
    await publish();
    let done = false;
    const on: PublishRequest['on'] = async (step) => {
      if (step !== 'fetch' || done) return;
      done = true;
      world.otherWriter('other.txt', 'theirs==1\n');
    };
    expect(await publish({ ...two, on })).toMatchObject({ result: 'pushed', attempts: 2 });
    const source = (at: 0 | 2) => ({ source: { ...world.request().source, commit: world.sources[at] } });
    expect((await publish({ files: { 'a-3.11.txt': 'one==3\n' }, ...source(2) })).result).toBe('pushed');
    expect((await publish({ ...two, ...source(0) })).result).toBe('superseded');
    expect(world.show('a-3.11.txt')).toBe('one==3');
  });

  test('proves from a shallow checkout which source is newer', async () => {
    const checkout = join(world.folder, 'shallow');
    gitIn(world.folder)('clone', '-q', '--depth=1', `file://${world.remote}`, '--branch', 'main', checkout);
    const source = (at: 0 | 2) => ({ source: { ...world.request().source, commit: world.sources[at] } });
    await publish(source(0));
    expect((await publish({ ...two, ...source(2), workspaceRoot: checkout })).result).toBe('pushed');
    expect((await publish({ ...source(0), workspaceRoot: checkout })).result).toBe('superseded');
  });

  test('hands on what a hook says, made harmless', async () => {
    world.hook('pre-receive', `printf '\\033[31m::error::only on Mondays\\033[0m\\n' >&2; exit 1`);
    const outcome = await publish();
    expect(outcome.result).toBe('refused');
    expect(outcome.reasons.join()).toContain('only on Mondays');
    expect(outcome.reasons.join()).not.toMatch(/\u001b|^::/m);
    expect(world.tip()).toBeNull();
  });

  test('finds what was applied although the answer never came', async () => {
    world.hook('post-receive', 'kill -9 $PPID');
    expect(await publish()).toMatchObject({ result: 'already-applied', newCommit: world.tip() });
    expect(world.tip()).not.toBeNull();
  });

  test('is an error for a stranger, in which no secret stands', async () => {
    if (transport.stranger === undefined) return;
    const failure: unknown = await publish({}, transport.stranger).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'CommandFailed' });
    expect(JSON.stringify([failure, String(failure)])).not.toMatch(/wrong-password|canary/);
    expect(world.tip()).toBeNull();
  });

  if (name === 'http') {
    test('asks a helper for name and password', async () => {
      const helper = join(world.folder, 'askpass');
      const script = `case "$1" in Username*) echo ${httpUser.name};; *) echo "$CANARY_FILE_CONTENT";; esac`;
      writeFileSync(helper, `#!/bin/sh\nCANARY_FILE_CONTENT=${httpUser.password}\n${script}\n`, { mode: 0o755 });
      const environment = { ...process.env, GIT_ASKPASS: helper };
      expect(await publish({ environment })).toMatchObject({ result: 'pushed', newCommit: world.tip() });
    });
  }

  if (name === 'ssh') {
    test('refuses a server whose host key it does not know', async () => {
      const { ssh = {}, ...access } = transport.access;
      const empty = join(world.folder, 'no-hosts');
      writeFileSync(empty, '');
      const failure = publish({}, { ...access, ssh: { ...ssh, knownHostsFile: empty } });
      await expect(failure).rejects.toThrow(/Host key verification failed/);
      expect(world.tip()).toBeNull();
      expect(existsSync(empty)).toBe(true);
    });
  }
});
