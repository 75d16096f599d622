import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { down, startNode, stopNode, up } from '@nx-ci-cache/testbed';
import type { CellRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { e2eFolder, Workspace } from './support/workspace';

/** Everything a failed run must leave alone. */
const state = async (workspace: Workspace, registry: Registry) => ({
  tip: await workspace.tip(),
  tags: await registry.tags(),
});

describe('a step that fails', () => {
  const stack = join(mkdtempSync(join(e2eFolder(), 'faults-')), 'stack');
  let workspace: Workspace;
  let registry: Registry;
  let good: Awaited<ReturnType<typeof state>>;

  const files = ['app/core.in', 'app/gate.js', 'app/image/Dockerfile', 'app/image/greeting', 'app/ci-cache.json'];
  let original: Readonly<Record<string, string>>;

  /** Runs what must fail, then `report` as a CI would, and checks what every failure promises. */
  const failing = async (env: Record<string, string> = {}) => {
    const { exitCode, all } = await workspace.run('refresh', env);
    expect(exitCode).not.toBe(0);
    const reported = await workspace.run('report', env);
    expect(reported.exitCode).toBe(0);
    return { all, report: workspace.record<RefreshReport>('refresh.json') };
  };
  const status = (report: RefreshReport, step: string) => report.steps.find((each) => each.step === step)?.status;

  beforeAll(async () => {
    await up(stack);
    workspace = await Workspace.create(stack);
    registry = new Registry(workspace, stack);
    const { exitCode, all } = await workspace.run('refresh');
    if (exitCode !== 0) throw new Error(all);
    good = await state(workspace, registry);
    original = Object.fromEntries(files.map((file) => [file, workspace.read(file)]));
  });

  afterEach(async () => {
    workspace.write(original);
    if ((await workspace.git('status', '--porcelain')) !== '') await workspace.commit('as before');
  });

  afterAll(async () => {
    await down(stack, { purge: true });
    rmSync(join(stack, '..'), { recursive: true, force: true });
  });

  it('for an unsolvable requirement: the resolver explains, nothing is pushed or built', async () => {
    workspace.write({ 'app/core.in': 'iniconfig>=2\niniconfig<1\n' });
    await workspace.commit('no solution');
    const { all, report } = await failing();
    expect(all).toContain('unsatisfiable');
    expect(all).toMatch(/→ Loosen core\.in/);
    expect(status(report, 'push-constraints')).toBe('skipped');
    expect(status(report, 'generate-constraints--core-3.13')).toBe('failed');
    expect(await state(workspace, registry)).toEqual(good);
  });

  it('for a failing gate: nothing is pushed, although all constraints resolved', async () => {
    workspace.write({ 'app/core.in': 'iniconfig<2\n', 'app/gate.js': 'process.exit(1);\n' });
    await workspace.commit('a gate that fails');
    const { report } = await failing();
    expect(status(report, 'generate-constraints--core-3.13')).toBe('done');
    expect(status(report, 'push-constraints')).toBe('skipped');
    expect(await state(workspace, registry)).toEqual(good);
  });

  it('for an unreachable remote: it is an error, never an absent branch', async () => {
    const { all } = await failing({ CI_CACHE_REMOTE: 'file:///nowhere/remote.git' });
    expect(all).toMatch(/CommandFailed|PushRefused/);
    expect(all).toContain('→ ');
    expect(await state(workspace, registry)).toEqual(good);
  });

  it('for an unreachable registry: it is an error, never an absent image', async () => {
    const { all } = await failing({ CI_CACHE_REGISTRY: '127.0.0.1:9' });
    expect(all).toContain('RegistryFailed');
    expect(await state(workspace, registry)).toEqual(good);
  });

  it('for a Dockerfile error on one Python: the other Python is still published', async () => {
    const marker = 'RUN test "${PYTHON_VERSION}" != 3.13\nCOPY greeting /greeting\n';
    workspace.write({
      'app/image/Dockerfile': original['app/image/Dockerfile']!.replace('COPY greeting /greeting\n', marker),
    });
    await workspace.commit('an error on 3.13');
    const { all, report } = await failing();
    expect(all).toMatch(/the build of ci-3\.13-linux-amd64 failed at .*RUN test/);
    expect(status(report, 'publish-images--ci-3.11')).toBe('done');
    expect(status(report, 'publish-images--ci-3.13')).toBe('skipped');
    expect(report.steps.filter((each) => each.status === 'failed').map(({ step }) => step)).toEqual([
      'buildx-refresh--ci-3.13-linux-amd64',
      'buildx-refresh--ci-3.13-linux-arm64',
    ]);
    const after = await state(workspace, registry);
    const of313 = (tags: Readonly<Record<string, string>>) =>
      Object.entries(tags).filter(([tag]) => tag.startsWith(registry.repository('3.13')));
    expect(of313(after.tags)).toEqual(of313(good.tags));
    expect(after.tags[`${registry.repository('3.11')}:latest`]).not.toBe(
      good.tags[`${registry.repository('3.11')}:latest`],
    );
    expect(after.tip).toBe(good.tip);
    good = after;
  });

  it('for a stopped node: named before any leg is built, and the next run converges', async () => {
    workspace.write({ 'app/image/greeting': 'good evening\n' });
    await workspace.commit('another greeting');
    await stopNode(stack, 'arm64');
    const { all } = await failing();
    expect(all).toContain('BuilderUnfit');
    expect(all).toContain('linux/arm64');
    expect(await state(workspace, registry)).toEqual(good);
    await startNode(stack, 'arm64');
    const { exitCode } = await workspace.run('refresh');
    expect(exitCode).toBe(0);
    good = await state(workspace, registry);
  });

  it.each([
    ['without its dependencies', ['--excludeTaskDependencies'], {}],
    ['behind a misspelt gate', [], { 'app/ci-cache.json': (text: string) => text.replace('app:gate', 'app:gaet') }],
  ])('is refused to push %s', async (_name, flags, changes) => {
    workspace.write({ 'app/core.in': 'iniconfig<1.2\n' });
    for (const [path, change] of Object.entries(changes)) workspace.write({ [path]: change(workspace.read(path)) });
    const { exitCode, all } = await workspace.nx(['run', 'app:push-constraints', ...flags]);
    expect(exitCode).not.toBe(0);
    expect(all).toMatch(/PushRefused: this run does not contain .*app:gate|= "app:gaet"[^]*perhaps app:gate/);
    expect(await state(workspace, registry)).toEqual(good);
  });

  it.each([
    [
      'an unknown key',
      (text: string) => text.replace('"platforms"', '"platform": 1, "platforms"'),
      'platform = 1',
      'one of the keys',
    ],
    ['a Python that is not X.Y', (text: string) => text.replace('"3.11"', '"3.x"'), 'pythons[0] = "3.x"', 'X.Y'],
    [
      'a foreign branch',
      (text: string) => text.replace('"constraints-main"', '"main"'),
      'push.branches[0].to = "main"',
      'constraints-',
    ],
    [
      'a shared cache ref',
      (text: string) => text.replace(':{platform}"', ':all"'),
      'images.ci.cache',
      'differs for each leg',
    ],
    [
      'a plain http remote',
      (text: string) => text.replace('{env.CI_CACHE_REMOTE}', 'http://git.example.com/x.git'),
      'push.remote',
      'https',
    ],
    [
      'user info in a URL',
      (text: string) => text.replace('{env.CI_CACHE_REMOTE}', 'https://me:s3cretvalue@git.example.com/x'),
      'push.remote',
      'user',
    ],
  ])('is refused for %s before anything runs', async (_name, change, says, allowed) => {
    workspace.write({ 'app/ci-cache.json': change(original['app/ci-cache.json']!) });
    const { exitCode, all } = await workspace.run('refresh');
    expect(exitCode).not.toBe(0);
    expect(all).toContain('app/ci-cache.json');
    expect(all).toContain(says);
    expect(all).toContain(allowed);
    expect(all).not.toContain('s3cretvalue');
    expect(all).not.toContain('nx run app:generate-constraints--core-3.13\n');
    expect(await state(workspace, registry)).toEqual(good);
  });

  it('shows a run that was refused as refused, and nothing of the run before it', async () => {
    expect((await workspace.run('refresh', { CI_CACHE_DRYRUN: 'yes' })).exitCode).not.toBe(0);
    expect((await workspace.run('report')).exitCode).toBe(0);
    const { outcome, steps } = workspace.record<RefreshReport>('refresh.json');
    const [snapshot, ...others] = steps;
    expect({ outcome, snapshot }).toMatchObject({
      outcome: 'failed',
      snapshot: {
        step: 'snapshot',
        status: 'failed',
        text: expect.stringContaining('CI_CACHE_DRYRUN is read by nothing'),
      },
    });
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['skipped']));
  });

  it('lets a flag of an aggregate reach the targets it stands for', async () => {
    const cutoff = '2026-05-01T00:00:00Z';
    const { exitCode, all } = await workspace.nx(['run', 'app:generate-constraints', `--cutoff=${cutoff}`]);
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(workspace.record<CellRecord>('constraints-3.13/core-3.13.json').cutoff).toBe(cutoff);
  });

  it('can be refreshed by hand, without gates and without moving the moving tag', async () => {
    workspace.write({ 'app/gate.js': 'process.exit(1);\n', 'app/image/greeting': 'good night\n' });
    await workspace.commit('red');
    const { exitCode, all } = await workspace.run('refresh-manual');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    const commit = (await workspace.git('rev-parse', 'HEAD')).trim();
    const latest = `${registry.repository('3.13')}:latest`;
    const after = await state(workspace, registry);
    expect(after.tags[`${registry.repository('3.13')}:${commit}`]).toBeDefined();
    expect(after.tags[`${registry.repository('3.13')}:${commit}`]).not.toBe(after.tags[latest]);
    expect(after.tags[latest]).toBe(good.tags[latest]);
  });
});
