/** Publishing against real git: what is on the remote afterwards is what counts. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { branch, freshWorld, gitIn, type World } from '../testing/world';
import { publishFiles } from './publish';

let world: World;
freshWorld((each) => (world = each));

describe('publishing', () => {
  it('creates a missing branch as an orphan with our files only, and says where they come from', async () => {
    const outcome = await publishFiles(world.request());
    expect(outcome).toMatchObject({
      result: 'pushed',
      oldCommit: null,
      newCommit: world.tip(),
      attempts: 1,
      reasons: [],
    });
    expect(outcome.files).toEqual([
      { file: 'a-3.11.txt', pins: 1, digest: expect.stringMatching(/^sha256:/), changed: true },
    ]);
    expect(world.remoteGit('rev-list', '--parents', branch)).toBe(world.tip());
    expect(world.remoteGit('ls-tree', branch)).toMatch(/^100644 blob [0-9a-f]+\ta-3.11.txt$/);
    const message = world.remoteGit('log', '-1', '--format=%B', branch);
    expect(message).toContain(`Source-Commit: ${world.sources[1]}\nCut-Off: 2026-05-01T00:00:00Z`);
    expect(world.remoteGit('log', '-1', '--format=%an <%ae> %cn', branch)).toBe('Test Bot <bot@example.com> Test Bot');
  });

  it('leaves an equal branch alone', async () => {
    const first = await publishFiles(world.request());
    const second = await publishFiles(world.request());
    expect(second).toMatchObject({ result: 'unchanged', oldCommit: first.newCommit, newCommit: first.newCommit });
    expect(second.files[0]?.changed).toBe(false);
  });

  it('keeps the published bytes where only comments and blank lines differ', async () => {
    await publishFiles(world.request({ files: { 'a.txt': '# old\none==1\n', 'b.txt': 'two==1\n' } }));
    const tip = world.tip();
    const comments = { 'a.txt': '# new\n\none==1\n', 'b.txt': 'two==1\n' };
    expect((await publishFiles(world.request({ files: comments }))).result).toBe('unchanged');
    expect(world.tip()).toBe(tip);
    const mixed = await publishFiles(world.request({ files: { ...comments, 'b.txt': 'two==2\n' } }));
    expect(mixed.files.map(({ file, changed }) => [file, changed])).toEqual([
      ['a.txt', false],
      ['b.txt', true],
    ]);
    expect(world.show('a.txt')).toBe('# old\none==1');
  });

  it('changes only files it names, whatever the others are called', async () => {
    await publishFiles(world.request());
    world.otherWriter('README.md', 'read me\n');
    world.otherWriter('folder/caf\u00e9 "x".txt', 'deep\n');
    const before = world.remoteGit('ls-tree', '-r', branch).split('\n');
    const { result } = await publishFiles(
      world.request({ files: { 'a-3.11.txt': 'one==2.0\n', 'new.txt': 'n==1\n' } }),
    );
    expect(result).toBe('pushed');
    const after = world.remoteGit('ls-tree', '-r', branch).split('\n');
    expect(after.filter((line) => !/\t(a-3.11|new)\.txt$/.test(line))).toEqual(
      before.filter((line) => !line.endsWith('\ta-3.11.txt')),
    );
    expect(world.show('a-3.11.txt')).toBe('one==2.0');
    expect(world.remoteGit('fsck', '--strict', '--no-dangling')).toBe('');
  });

  it('previews the same values and changes nothing', async () => {
    const preview = await publishFiles(world.request({ permission: { denied: 'pull request' } }));
    expect(preview).toMatchObject({ result: 'previewed', oldCommit: null, newCommit: null, reasons: ['pull request'] });
    expect(world.tip()).toBeNull();
    const pushed = await publishFiles(world.request());
    expect(preview.files).toEqual(pushed.files);
    expect(preview.message).toBe(pushed.message);
  });

  it('refuses a link or a folder that bears the name of one of our files', async () => {
    await publishFiles(world.request());
    const tip = world.otherWriter('taken.txt/inside', 'x\n');
    const request = world.request({ files: { 'taken.txt': 'one==1\n' } });
    await expect(publishFiles(request)).rejects.toMatchObject({ code: 'PushRefused' });
    expect(world.tip()).toBe(tip);
  });

  (process.getuid?.() === 0 ? it : it.skip)('works with a folder of another owner', async () => {
    execFileSync('chown', ['-R', '65534:65534', world.remote]);
    const { newCommit } = await publishFiles(world.request());
    execFileSync('chown', ['-R', '0:0', world.remote]);
    expect(newCommit).toBe(world.tip());
  });

  it('refuses the default branch of the remote', async () => {
    await publishFiles(world.request());
    world.remoteGit('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
    const outcome = await publishFiles(world.request({ files: { 'a-3.11.txt': 'one==2.0\n' } }));
    expect(outcome).toMatchObject({ result: 'refused', newCommit: world.tip() });
    expect(outcome.reasons.join()).toContain('default branch');
  });

  it('refuses a symbolic ref, which would write another branch', async () => {
    world.remoteGit('symbolic-ref', `refs/heads/${branch}`, 'refs/heads/main');
    const outcome = await publishFiles(world.request());
    expect(outcome).toMatchObject({ result: 'refused', attempts: 1 });
    expect(outcome.reasons.join()).toContain('a push to it would write refs/heads/main');
    expect(world.remoteGit('rev-parse', 'main')).toBe(world.sources[2]);
  });

  it('refuses a name that lies inside another branch at once', async () => {
    const { newCommit } = await publishFiles(world.request());
    const outcome = await publishFiles(world.request({ branch: `${branch}/x` }));
    expect(outcome).toMatchObject({ result: 'refused', attempts: 1 });
    expect(outcome.reasons.join()).toMatch(/exists; cannot create|refname conflict/);
    expect(world.tip()).toBe(newCommit);
  });

  it('refuses to make what would become the default branch of a remote that has none yet', async () => {
    world.remoteGit('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
    const outcome = await publishFiles(world.request());
    expect(outcome).toMatchObject({ result: 'refused', oldCommit: null, newCommit: null });
    expect(outcome.reasons.join()).toContain('default branch');
    expect(world.tip()).toBeNull();
  });
});

describe('an older run', () => {
  const text = (version: number) => ({ 'a.txt': `one==${version}\n` });
  const from = (at: 0 | 1 | 2, cutoff = '2026-05-01T00:00:00Z') => ({ source: { commit: world.sources[at], cutoff } });

  it('loses to a newer source and to a later cut-off, and wins over an older one', async () => {
    await publishFiles(world.request({ files: text(2), ...from(1) }));
    const older = await publishFiles(world.request({ files: text(1), ...from(0) }));
    expect(older).toMatchObject({ result: 'superseded', newCommit: world.tip() });
    const earlier = await publishFiles(world.request({ files: text(1), ...from(1, '2026-04-30T00:00:00Z') }));
    expect(earlier.result).toBe('superseded');
    expect((await publishFiles(world.request({ files: text(3), ...from(2) }))).result).toBe('pushed');
    expect(world.show('a.txt')).toBe('one==3');
  });

  it('loses also when somebody who knows nothing of us committed on top', async () => {
    await publishFiles(world.request({ files: text(2), ...from(2) }));
    world.otherWriter('README.md', 'read me\n');
    world.otherWriter('README.md', 'read me again\n');
    expect((await publishFiles(world.request({ files: text(1), ...from(0) }))).result).toBe('superseded');
    const next = await publishFiles(world.request({ files: { 'b.txt': 'two==1\n' }, ...from(1) }));
    expect(next.result).toBe('pushed');
    expect((await publishFiles(world.request({ files: text(1), ...from(0) }))).result).toBe('superseded');
  });

  it('is accepted after a person told the branch that history was rewritten', async () => {
    await publishFiles(world.request({ files: text(2), source: { ...from(0).source, commit: 'a'.repeat(40) } }));
    expect((await publishFiles(world.request({ files: text(3), ...from(1) }))).result).toBe('refused');
    world.otherWriter(
      'README.md',
      'x\n',
      `Accept\n\nSource-Commit: ${world.sources[0]}\nCut-Off: 1970-01-01T00:00:00Z`,
    );
    expect((await publishFiles(world.request({ files: text(3), ...from(1) }))).result).toBe('pushed');
  });

  it.each(['replacements', 'grafts'])('is proven older whatever %s of the checkout say', async (kind) => {
    await publishFiles(world.request({ files: text(2), ...from(1) }));
    const [first, second, third] = world.sources;
    if (kind === 'grafts') {
      writeFileSync(join(world.checkout, '.git/info/grafts'), `${first} ${third}\n${second}\n`);
    } else {
      const git = gitIn(world.checkout);
      git('replace', '--graft', first, third);
      git('replace', '--graft', second);
    }
    expect((await publishFiles(world.request({ files: text(1), ...from(0) }))).result).toBe('superseded');
  });

  it('is measured against the source of its own files, not of the branch', async () => {
    await publishFiles(world.request({ files: { 'a.txt': 'one==1\n' }, ...from(0) }));
    await publishFiles(world.request({ files: { 'b.txt': 'two==1\n' }, ...from(2) }));
    expect((await publishFiles(world.request({ files: { 'a.txt': 'one==2\n' }, ...from(1) }))).result).toBe('pushed');
    const late = await publishFiles(world.request({ files: { 'b.txt': 'two==0\n' }, ...from(1) }));
    expect(late.result).toBe('superseded');
    expect([world.show('a.txt'), world.show('b.txt')]).toEqual(['one==2', 'two==1']);
  });

  it('is proven older from a shallow checkout too, by fetching the history', async () => {
    await publishFiles(world.request({ files: text(2), ...from(2) }));
    const shallow = `${world.folder}/shallow`;
    world.remoteGit('clone', '-q', '--depth=1', `file://${world.remote}`, '--branch', 'main', shallow);
    const older = await publishFiles(world.request({ files: text(1), ...from(0), workspaceRoot: shallow }));
    expect(older.result).toBe('superseded');
    world.remoteGit('clone', '-q', '--depth=1', `file://${world.remote}`, '--branch', 'main', `${shallow}-2`);
    await publishFiles(world.request({ branch: 'constraints-x', files: text(1), ...from(0) }));
    const newer = world.request({ branch: 'constraints-x', files: text(2), ...from(2), workspaceRoot: `${shallow}-2` });
    expect((await publishFiles(newer)).result).toBe('pushed');
  });

  it('is refused with the remedy when its relation is unknown or unrelated, unless nothing would change', async () => {
    await publishFiles(world.request({ files: text(2), ...from(1) }));
    const source = { commit: 'a'.repeat(40), cutoff: '2026-05-01T00:00:00Z' };
    const unknown = await publishFiles(world.request({ files: text(3), source }));
    expect(unknown).toMatchObject({ result: 'refused', newCommit: world.tip() });
    expect(unknown.reasons.join('\n')).toMatch(/no history at hand[^]*run again/);
    expect((await publishFiles(world.request({ files: text(2), source }))).result).toBe('unchanged');
  });
});
