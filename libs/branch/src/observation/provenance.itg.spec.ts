/** An older run loses whatever others did to the branch after us: merged it, built on it, or wrote odd trailers. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishFiles } from '../push/publish';
import { branch, freshWorld, gitIn, type World } from '../testing/world';

let world: World;
freshWorld((each) => (world = each));

const run = (at: 0 | 1 | 2, version: number, cutoff = '2026-05-01T00:00:00Z') =>
  world.request({
    files: { 'a-3.11.txt': `one==${version}\n` },
    source: { commit: world.sources[at], cutoff },
  });

/** What an older and a later run end with. */
const olderAndLater = async () => [
  (await publishFiles(run(1, 2))).result,
  world.show('a-3.11.txt'),
  (await publishFiles(run(2, 4, '2026-05-02T00:00:00Z'))).result,
];
const safe = ['superseded', 'one==3', 'pushed'];

it('a person pulled and pushed: our commit is the second parent', async () => {
  await publishFiles(run(0, 1));
  const clone = mkdtempSync(join(world.folder, 'person-'));
  const person = gitIn(clone);
  person('clone', '-q', '--branch', branch, world.remote, '.');
  writeFileSync(join(clone, 'README.md'), 'read me\n');
  person('add', '.');
  person('commit', '-q', '-m', 'read me');
  await publishFiles(run(2, 3));
  person('pull', '-q', '--no-rebase', '--no-edit');
  person('push', '-q', 'origin', branch);
  expect(await olderAndLater()).toEqual(safe);
});

/** Puts commits of others on the branch that change nothing. */
const others = (count: number) => {
  let tip = String(world.tip());
  for (let made = 0; made < count; made += 1)
    tip = world.remoteGit('commit-tree', '-p', tip, '-m', `other ${made}`, `${tip}^{tree}`);
  world.remoteGit('update-ref', `refs/heads/${branch}`, tip);
};

it('more commits of others lie on top than one look takes in', async () => {
  await publishFiles(run(2, 3));
  others(210);
  expect(await olderAndLater()).toEqual(safe);
});

it.each([
  'Source-Commit: abcdef1',
  'Source-Commit: see the wiki\nCut-Off: 2026-05-01T00:00:00Z',
  `Source-Commit: ${'a'.repeat(40)}`,
])('a commit of others ends with %j', async (trailers) => {
  await publishFiles(run(2, 3));
  world.otherWriter('README.md', 'x\n', `notes\n\n${trailers}`);
  expect(await olderAndLater()).toEqual(['superseded', 'one==3', 'refused']);
  const outcome = await publishFiles(run(2, 4));
  expect(outcome.reasons.join('\n')).toMatch(
    new RegExp(`${world.tip()} on the branch names a Source-Commit[^]*Rewritten history`),
  );
  const accepted = `Source-Commit: ${world.sources[2]}\nCut-Off: 1970-01-01T00:00:00Z`;
  world.otherWriter('README.md', 'y\n', `Accept\n\n${accepted}`);
  expect(await olderAndLater()).toEqual(safe);
});

/** Rewrites the message of what lies between our first commit and the tip, as one commit on the first. */
const rewrite = (message: string) => {
  const [first = ''] = world.remoteGit('rev-list', '--reverse', branch).split('\n');
  const made = world.remoteGit('commit-tree', '-p', first, '-m', message, `${branch}^{tree}`);
  world.remoteGit('update-ref', `refs/heads/${branch}`, made);
};

it('a person squashed our commits, as GitHub words it, or amended the last one', async () => {
  await publishFiles(run(0, 1));
  await publishFiles(run(1, 2));
  await publishFiles(run(2, 3));
  const ours = world.remoteGit('log', '--reverse', '--format=* %B', '-2', branch);
  rewrite(`Squash (#1)\n\n${ours}\n\n---------\n\nCo-authored-by: Bot <bot@example.com>`);
  expect((await publishFiles(run(1, 2))).result).toBe('superseded');
  rewrite(`${world.remoteGit('log', '-1', '--format=%B', branch)}\n\nReviewed by hand, see ticket 42.`);
  expect(await olderAndLater()).toEqual(safe);
});

it('a person wrapped the trailers into text: refused, because nobody can know', async () => {
  await publishFiles(run(0, 1));
  await publishFiles(run(2, 3));
  rewrite(`Squash\n\nas found:\nSource-Commit: ${world.sources[2]}\nCut-Off: 2026-05-01T00:00:00Z`);
  expect((await publishFiles(run(1, 2))).result).toBe('refused');
  expect(world.show('a-3.11.txt')).toBe('one==3');
});

it('a person squashed our commits, as git words it: refused, because it turns and indents them', async () => {
  await publishFiles(run(0, 1));
  await publishFiles(run(2, 3));
  const [first = ''] = world.remoteGit('rev-list', '--reverse', branch).split('\n');
  rewrite(`Squashed commit of the following:\n\n${world.remoteGit('log', `${first}..${branch}`)}`);
  expect(world.remoteGit('log', '-1', '--format=%B', branch)).toContain('    Source-Commit: ');
  expect((await publishFiles(run(1, 2))).result).toBe('refused');
  expect(world.show('a-3.11.txt')).toBe('one==3');
});

it('a file of an older script has no source until a run of ours writes it', async () => {
  world.remoteGit('update-ref', `refs/heads/${branch}`, world.sources[0]);
  world.otherWriter('b-3.11.txt', 'b==1\n');
  const of = (at: 0 | 1 | 2, version: number) => ({ ...run(at, 0), files: { 'b-3.11.txt': `b==${version}\n` } });
  expect(await publishFiles(run(2, 3))).toMatchObject({
    result: 'pushed',
    message: expect.not.stringContaining('b-3.11.txt'),
  });
  expect((await publishFiles(of(1, 2))).result).toBe('pushed');
  expect((await publishFiles(of(0, 0))).result).toBe('superseded');
  expect(await olderAndLater()).toEqual(safe);
  expect((await publishFiles(of(0, 0))).result).toBe('superseded');
});

it('the remote is a shallow clone that ends before our commit: refused, because nobody can know', async () => {
  await publishFiles(run(2, 3));
  others(3);
  const remote = join(world.folder, 'shallow.git');
  gitIn(world.folder)('clone', '-q', '--bare', '--no-single-branch', '--depth=2', `file://${world.remote}`, remote);
  const outcome = await publishFiles({ ...run(1, 2), remote });
  expect(outcome).toMatchObject({ result: 'refused', newCommit: world.tip() });
  expect(outcome.reasons.join('\n')).toMatch(/does not hold the whole history of the branch[^]*run again/);
});
