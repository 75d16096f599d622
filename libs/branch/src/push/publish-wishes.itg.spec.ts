/** What a request may ask for beside files: removals, a signature, a tag, trailers. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { branch, freshWorld, gitIn, type World } from '../testing/world';
import { publishFiles } from './publish';

let world: World;
freshWorld((each) => (world = each));

const names = () => world.remoteGit('ls-tree', '--name-only', branch).split('\n');
const two = { files: { 'a-3.11.txt': 'one==2.0\n' } };

describe('remove', () => {
  const both = { files: { 'a-3.11.txt': 'one==1.0\n', 'a-3.9.txt': 'one==0.9\n' } };

  it('takes away what is listed and nothing else, also when nothing is written', async () => {
    await publishFiles(world.request(both));
    world.otherWriter('other.txt', 'theirs==1\n');
    expect((await publishFiles(world.request(two))).removed).toEqual([]);
    expect(names()).toEqual(['a-3.11.txt', 'a-3.9.txt', 'other.txt']);
    const outcome = await publishFiles(world.request({ ...two, remove: ['a-3.9.txt', 'never-there.txt'] }));
    expect(outcome).toMatchObject({ result: 'pushed', removed: ['a-3.9.txt'] });
    expect(names()).toEqual(['a-3.11.txt', 'other.txt']);
    const trailer = (key: string) => world.remoteGit('log', '-1', `--format=%(trailers:key=${key},valueonly)`, branch);
    expect(trailer('Removed')).toBe('a-3.9.txt');
    expect(trailer('Source-Of')).not.toContain('a-3.9.txt');
    expect((await publishFiles(world.request({ ...two, remove: ['a-3.9.txt'] }))).result).toBe('unchanged');
  });

  it('takes away a file that somebody made executable', async () => {
    await publishFiles(world.request(both));
    const clone = join(world.folder, 'clone');
    gitIn(world.folder)('clone', '-q', '--branch', branch, world.remote, clone);
    gitIn(clone)('update-index', '--chmod=+x', 'a-3.9.txt');
    gitIn(clone)('commit', '-q', '-m', 'executable');
    gitIn(clone)('push', '-q');
    const outcome = await publishFiles(world.request({ ...two, remove: ['a-3.9.txt'] }));
    expect(outcome).toMatchObject({ result: 'pushed', removed: ['a-3.9.txt'] });
    expect(names()).toEqual(['a-3.11.txt']);
  });

  it('is previewed, and loses to a newer run of the removed file', async () => {
    await publishFiles(world.request({ ...both, source: { ...world.request().source, commit: world.sources[2] } }));
    const tip = world.tip();
    const remove = ['a-3.9.txt'];
    const files = { 'b.txt': 'two==1\n' };
    expect(await publishFiles(world.request({ files, remove, permission: { denied: 'look' } }))).toMatchObject({
      result: 'previewed',
      removed: remove,
    });
    expect((await publishFiles(world.request({ files, remove }))).result).toBe('superseded');
    expect(world.tip()).toBe(tip);
  });

  it('refuses a folder of that name, a path, and a file it publishes', async () => {
    await publishFiles(world.request());
    const tip = world.otherWriter('taken.txt/inside', 'x\n');
    await expect(publishFiles(world.request({ remove: ['taken.txt'] }))).rejects.toMatchObject({ code: 'PushRefused' });
    for (const name of ['../x', 'a/b', '-x', 'a-3.11.txt'])
      await expect(publishFiles(world.request({ remove: [name] }))).rejects.toMatchObject({ code: 'OptionInvalid' });
    expect(world.tip()).toBe(tip);
  });
});

describe('a signature', () => {
  const key = (name: string): string => {
    const path = join(world.folder, name);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'bot', '-f', path]);
    return path;
  };

  it('is made with the key of the given path and verifies', async () => {
    const signingKey = key('signing');
    expect((await publishFiles(world.request({ signingKey }))).result).toBe('pushed');
    const signers = join(world.folder, 'signers');
    const publicKey = execFileSync('ssh-keygen', ['-y', '-f', signingKey], { encoding: 'utf8' });
    writeFileSync(signers, `bot@example.com ${publicKey}`);
    const verify = ['-c', 'gpg.format=ssh', '-c', `gpg.ssh.allowedSignersFile=${signers}`, 'verify-commit', branch];
    expect(() => world.remoteGit(...verify)).not.toThrow();
    writeFileSync(signers, `bot@example.com ${execFileSync('ssh-keygen', ['-y', '-f', key('stranger')])}`);
    expect(() => world.remoteGit(...verify)).toThrow();
  });

  it('that cannot be made ends the push before anything is written', async () => {
    const signingKey = join(world.folder, 'no-such-key');
    await expect(publishFiles(world.request({ signingKey }))).rejects.toThrow(/no-such-key/);
    expect(world.tip()).toBeNull();
  });

  it('takes a path and never a key, which it does not show', async () => {
    const signingKey = '-----BEGIN OPENSSH PRIVATE KEY-----\ncanary-canary';
    const failure = publishFiles(world.request({ signingKey }));
    await expect(failure).rejects.toThrow(/signingKey[^]*absolute path/);
    await expect(failure).rejects.not.toThrow(/canary/);
  });
});

describe('a tag', () => {
  const tag = 'constraints-2.10.1';
  const tagged = () => world.remoteGit('for-each-ref', '--format=%(objectname)', `refs/tags/${tag}`) || null;

  it('names the pushed commit, and is set later when the branch was pushed without it', async () => {
    const first = await publishFiles(world.request());
    expect(first.tag).toBeUndefined();
    expect(tagged()).toBeNull();
    const second = await publishFiles(world.request({ tag }));
    expect(second).toMatchObject({ result: 'unchanged', tag });
    expect(tagged()).toBe(first.newCommit);
    expect(await publishFiles(world.request({ tag }))).toMatchObject({ result: 'unchanged', tag });
    const next = await publishFiles(world.request({ ...two, tag: 'constraints-2.10.2' }));
    expect(next).toMatchObject({ result: 'pushed', tag: 'constraints-2.10.2' });
  });

  it('is never moved, and nothing is pushed that would need it to', async () => {
    const first = await publishFiles(world.request({ tag }));
    const again = await publishFiles(world.request({ ...two, tag }));
    expect(again).toMatchObject({ result: 'refused', newCommit: first.newCommit });
    expect(again.reasons.join()).toContain('never moved');
    expect([world.tip(), tagged()]).toEqual([first.newCommit, first.newCommit]);
  });

  it('set by somebody else while we push: the branch stands, and the outcome says what is missing', async () => {
    const [stranger] = world.sources;
    const on = (step: string) => void (step === 'tag' && world.remoteGit('update-ref', `refs/tags/${tag}`, stranger));
    const outcome = await publishFiles(world.request({ tag, on }));
    expect(outcome).toMatchObject({ result: 'refused', newCommit: world.tip() });
    expect(outcome.reasons.join()).toMatch(/the branch holds [0-9a-f]{40}, but the tag .* never moved/);
    expect(tagged()).toBe(stranger);
  });

  it('that a hook refuses is said, and set by the next run', async () => {
    world.hook('update', `case "$1" in refs/tags/*) echo no tags today >&2; exit 1;; esac`);
    const outcome = await publishFiles(world.request({ tag }));
    expect(outcome).toMatchObject({ result: 'refused', newCommit: world.tip() });
    expect(outcome.reasons.join()).toContain('no tags today');
    world.hook('update', 'exit 0');
    expect(await publishFiles(world.request({ tag }))).toMatchObject({ result: 'unchanged', tag });
    expect(tagged()).toBe(outcome.newCommit);
  });

  it('is set again after a lost answer, without a second one', async () => {
    const parent = 'client=$(ps -o ppid= -p $PPID)';
    world.hook(
      'post-receive',
      `while read old new ref; do case $ref in refs/tags/*) ${parent}; kill -9 $client $PPID;; esac; done`,
    );
    expect(await publishFiles(world.request({ tag }))).toMatchObject({ result: 'pushed', tag });
    expect(tagged()).toBe(world.tip());
  });

  it('is understood when it is annotated', async () => {
    await publishFiles(world.request());
    world.remoteGit('-c', 'user.name=x', '-c', 'user.email=x@example.com', 'tag', '-a', '-m', 'x', tag, branch);
    expect(await publishFiles(world.request({ tag }))).toMatchObject({ result: 'unchanged', tag });
  });

  it('is not set by a preview or by an older run', async () => {
    await publishFiles(world.request({ source: { ...world.request().source, commit: world.sources[2] } }));
    expect((await publishFiles(world.request({ tag, permission: { denied: 'look' } }))).result).toBe('unchanged');
    expect((await publishFiles(world.request({ ...two, tag }))).result).toBe('superseded');
    expect(tagged()).toBeNull();
  });
});

it('writes further trailers where git finds them, and takes none of our own names', async () => {
  const trailers = { Gates: 'api:test', Tested: 'sources only' };
  await publishFiles(world.request({ trailers }));
  expect(world.remoteGit('log', '-1', '--format=%(trailers:key=Tested,valueonly)', branch)).toBe('sources only');
  for (const wrong of [{ 'Source-Commit': 'x' }, { Tested: 'a\nSource-Of: b' }, { 'not one': 'x' }])
    await expect(publishFiles(world.request({ trailers: wrong }))).rejects.toMatchObject({ code: 'OptionInvalid' });
});
