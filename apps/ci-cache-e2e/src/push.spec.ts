import type { ChangesRecord, LegRecord, PushRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { Workspace } from './support/workspace';

const legs = ['ci-3.11-linux-amd64', 'ci-3.13-linux-amd64'];

/** Long past, so that the published files say another cut-off than a run of today would have by itself. */
const published = '2025-04-01T00:00:00Z';

const pullRequest = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_BASE_REF: 'main',
  GITHUB_HEAD_REF: 'topic',
  CI_CACHE_CUTOFF: undefined,
};

describe('a push among others', () => {
  let workspace: Workspace;
  let registry: Registry;
  const state = async () => ({ tip: await workspace.tip(), tags: await registry.tags() });
  const push = (from = workspace) => from.record<PushRecord>('push.json');

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    const config = JSON.parse(workspace.read('app/ci-cache.json')) as object;
    workspace.write({ 'app/ci-cache.json': JSON.stringify({ ...config, platforms: ['linux/amd64'] }) });
    await workspace.commit('nothing emulated');
  });

  it('of an older source after a newer one is superseded, and no leg builds', async () => {
    const older = await workspace.checkoutElsewhere();
    workspace.write({ 'app/core.in': 'iniconfig<2\n', 'app/image/greeting': 'newer\n' });
    await workspace.commit('a newer source');
    const newer = await workspace.run('refresh', { CI_CACHE_CUTOFF: published });
    expect({ exitCode: newer.exitCode, all: newer.exitCode === 0 ? '' : newer.all }).toEqual({ exitCode: 0, all: '' });
    expect(push().result).toBe('pushed');
    const before = await state();

    const { exitCode, all } = await older.run('refresh');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(push(older)).toMatchObject({ result: 'superseded', newCommit: before.tip.trim() });
    expect(push(older).reasons.join()).toContain((await workspace.git('rev-parse', 'HEAD')).trim());
    expect(legs.map((leg) => older.record<LegRecord>(`legs/${leg}.json`).result)).toEqual(legs.map(() => 'superseded'));
    expect(older.record<RefreshReport>('refresh.json').failed).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('lets a pull request see its own change only, at the published cut-off, and hit what main resolved', async () => {
    const before = await state();
    await workspace.git('switch', '--quiet', '--create', 'topic');
    workspace.write({ 'app/core.in': 'iniconfig<1.1.1\n' });
    await workspace.commit('one changed requirement');
    const args = ['affected', '--targets=check-constraints', '--base=main', '--output-style=static'];
    const { exitCode, all } = await workspace.nx(args, pullRequest);
    await workspace.git('switch', '--quiet', 'main');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(workspace.record('branch.json')).toMatchObject({ cutoff: published });
    const cells = all.matchAll(/^.*nx run app:generate-constraints--(\S+)(?: +\[.*(cache))?/gm);
    expect(Object.fromEntries([...cells].map(([, cell, cached]) => [cell, cached]))).toEqual({
      ...{ 'constraints-3.11': 'cache', 'constraints-3.13': 'cache' },
      ...{ 'core-3.11': undefined, 'core-3.13': undefined },
    });
    const { files } = workspace.record<ChangesRecord>('changes.json');
    expect(files.flatMap(({ file, changes }) => changes.map(({ name }) => [file, name]))).toEqual([
      ['core-3.11.txt', 'iniconfig'],
      ['core-3.13.txt', 'iniconfig'],
    ]);
    expect(await state()).toEqual(before);
  });

  it.each([
    ['well', 0, {}, /^builder +ok +/m],
    ['without buildx', 1, { CI_CACHE_BUILDX: '/nowhere/buildx' }, /^builder +MEND +.*buildx does not run/m],
  ])('leaves a workspace of which the doctor says that it is %s', async (_what, code, env, row) => {
    const { exitCode, all } = await workspace.run('doctor', env);
    expect({ exitCode, all }).toEqual({ exitCode: code, all: expect.stringMatching(row) });
    expect(all.match(/^\S.* MEND +/gm) ?? []).toHaveLength(code);
    for (const check of ['Nx', 'git remote', 'package index', 'gates', 'images', 'registry'])
      expect(all).toMatch(new RegExp(`^${check} +ok `, 'm'));
  });

  it('of another project to the same branch keeps the files of both', async () => {
    const config = JSON.parse(workspace.read('app/ci-cache.json')) as Record<string, object>;
    const other = {
      pythons: ['3.13'],
      constraints: { modes: { other: { requirements: ['other.in'] } } },
      push: { ...config['push'], gates: [], allowUntested: true },
    };
    workspace.write({
      'other/project.json': JSON.stringify({ name: 'other' }),
      'other/ci-cache.json': JSON.stringify(other),
      'other/other.in': 'packaging\n',
    });
    await workspace.commit('another project');
    const { exitCode, all } = await workspace.nx(['run', 'other:push-constraints']);
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    const files = (await workspace.published('ls-tree', '--name-only', 'constraints-main')).split('\n');
    expect(files).toEqual(expect.arrayContaining(['core-3.13.txt', 'other-3.13.txt']));
    const message = await workspace.published('log', '-1', '--format=%B', 'constraints-main');
    expect(message).toMatch(/^Tested: sources only$/m);
    expect(message).toMatch(/^Source-Of: core-3\.13\.txt [0-9a-f]{40} /m);
  });

  it('whose tag is taken is refused, and the record says so', async () => {
    await workspace.published('tag', 'constraints-1.0.0', 'constraints-main~1');
    workspace.write({ 'other/other.in': 'packaging\npluggy\n' });
    await workspace.commit('one requirement more');
    const before = await state();
    const tagged = { CI_CACHE_TAG: 'constraints-1.0.0' };
    const { exitCode, all } = await workspace.nx(['run', 'other:push-constraints'], tagged);
    expect(exitCode).not.toBe(0);
    expect(all).toContain('constraints-main was not updated: the tag constraints-1.0.0 names');
    const record = JSON.parse(workspace.read('dist/other/push.json')) as PushRecord;
    expect(record).toMatchObject({ result: 'refused', attempts: 1, oldCommit: before.tip, newCommit: before.tip });
    expect(record.files.map(({ file, changed }) => ({ file, changed }))).toEqual([
      { file: 'other-3.13.txt', changed: true },
    ]);
    expect(record.reasons.join()).toContain('constraints-1.0.0');
    expect(await state()).toEqual(before);
  });

  it.each([
    ['no gate', (text: string) => text.replace('"allowUntested":true', '"allowUntested":false'), 'was not tested'],
    [
      'a file of another project',
      (text: string) => text.replace('"other":{', '"core":{'),
      'both write core-3.13.txt there',
    ],
  ])('is refused with %s', async (_name, change, words) => {
    const before = await state();
    const text = workspace.read('other/ci-cache.json');
    workspace.write({ 'other/ci-cache.json': change(text), 'other/other.in': 'packaging\niniconfig\n' });
    await workspace.commit('a change that is refused');
    const { exitCode, all } = await workspace.nx(['run', 'other:push-constraints']);
    workspace.write({ 'other/ci-cache.json': text });
    expect(exitCode).not.toBe(0);
    expect(all).toContain(words);
    expect(await state()).toEqual(before);
  });

  it.each([
    ['the push', 'push-constraints', 'app:push-constraints has "cache": true'],
    ['a gate that does not hash the files', 'gate', 'app:gate is cached without constraints-3.11.txt in its inputs'],
  ])('is refused before anything is resolved when Nx may replay %s', async (_name, target, words) => {
    const text = workspace.read('app/project.json');
    const project = JSON.parse(text) as { targets: Record<string, object> };
    const targets = { ...project.targets, [target]: { ...project.targets[target], cache: true } };
    workspace.write({ 'app/project.json': JSON.stringify({ ...project, targets }) });
    const { exitCode, all } = await workspace.run('push-constraints');
    workspace.write({ 'app/project.json': text });
    expect(exitCode).not.toBe(0);
    expect(all).toContain(words);
    expect(all).toMatch(/Failed tasks:\s+- app:snapshot\s/);
  });

  it('is told apart from what the report calls the work of others', async () => {
    const drift = async () => {
      await workspace.run('snapshot');
      await workspace.run('report');
      return workspace.record<RefreshReport>('refresh.json').drift;
    };
    expect(await drift()).toEqual([]);
    const tip = (await workspace.tip()).trim();
    const person = ['-c', 'user.name=person', '-c', 'user.email=person@example.com'];
    const commit = ['commit-tree', `${tip}^{tree}`, '-p', tip, '-m', 'by hand'];
    const foreign = (await workspace.published(...person, ...commit)).trim();
    await workspace.published('update-ref', 'refs/heads/constraints-main', foreign);
    expect(await drift()).toEqual([
      {
        step: 'snapshot',
        kind: 'foreign-tip',
        text: `constraints-main at ${foreign.slice(0, 12)} was pushed by others`,
      },
    ]);
  });
});
