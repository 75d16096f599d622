/** Two checkouts and one remote cache: what one resolved and built the other takes, and nothing false from a broken or poisoned one. */
import { drawn } from '@nx-ci-cache/process/src/testing/sample';
import { rewriteAll, rewriteCell } from './support/nx-cache';
import { oneLegProject, onlyLeg } from './support/one-leg';
import type { LegRecord, PushRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { startRemoteCache, type RemoteCache } from './support/remote-cache';
import { Workspace } from './support/workspace';

const cell = 'generate-constraints--core-3.13';
const images = 'buildx-refresh';
const hit = (output: string, target: string): string | undefined =>
  new RegExp(`nx run app:${target} +\\[(.*cache)`).exec(output)?.[1];

const broken: readonly (readonly [number | 'nothing', string])[] = [
  [401, 'Unauthorized'],
  [500, '500 Internal Server Error'],
  ['nothing', 'error sending request'],
];

const nowhere = `sha256:${'0'.repeat(64)}`;
const untrueLegs = [
  ['a leg of another image', { digest: nowhere }],
  ['a leg that was built apart', { digest: nowhere, apart: true }],
  ['a leg that was overtaken', { result: 'superseded', digest: undefined }],
] as const;

/** Leg and image each with a task of its own, as a CI matrix has them. */
const apart = {
  leg: {
    executor: 'nx-ci-cache:buildx-refresh',
    options: { image: 'ci', python: '3.13', platform: 'linux/amd64' },
    dependsOn: ['plan-refresh'],
    cache: true,
    inputs: [{ dependentTasksOutputFiles: `dist/app/plan/${onlyLeg}.json` }, { externalDependencies: ['nx-ci-cache'] }],
    outputs: [`{workspaceRoot}/dist/app/legs/${onlyLeg}.json`],
  },
  image: { executor: 'nx-ci-cache:publish-images', dependsOn: ['plan-refresh', 'leg'] },
};

describe('a remote cache', () => {
  let cache: RemoteCache;
  let workspace: Workspace;
  let registry: Registry;

  const refresh = (from: Workspace) => from.run('refresh', cache.env);
  const world = async () => ({ tip: await workspace.tip(), tags: await registry.tags() });
  const resolve = async (from: Workspace, env: Record<string, string> = {}) => {
    const { exitCode, all } = await from.run('generate-constraints', { ...cache.env, ...env });
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    return hit(all, cell);
  };

  beforeAll(async () => {
    cache = await startRemoteCache();
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    workspace.write(oneLegProject(workspace.images, 'echo built'));
    const config = JSON.parse(workspace.read('app/ci-cache.json')) as { constraints: object };
    // So that nothing but what it resolves to speaks against an older release.
    Object.assign(config.constraints, { guard: { allowDowngrade: ['iniconfig'] } });
    workspace.write({
      'app/ci-cache.json': JSON.stringify(config),
      'app/project.json': JSON.stringify({ name: 'app', targets: apart }),
    });
    await workspace.commit('one leg');
    const { exitCode, all } = await refresh(workspace);
    if (exitCode !== 0) throw new Error(all);
  });
  afterEach(() => cache.answer(undefined));
  afterAll(() => cache?.stop());

  it('lets a checkout elsewhere, with another home, resolve nothing and build nothing', async () => {
    const before = await world();
    const elsewhere = await workspace.checkoutElsewhere();
    const { exitCode, all } = await refresh(elsewhere);
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect([cell, images].map((target) => hit(all, target))).toEqual(['remote cache', 'remote cache']);
    expect(elsewhere.record<LegRecord>(`legs/${onlyLeg}.json`)).toEqual(
      workspace.record<LegRecord>(`legs/${onlyLeg}.json`),
    );
    expect(elsewhere.record<RefreshReport>('refresh.json').failed).toEqual([]);
    expect(await world()).toEqual(before);
  });

  it.each([
    ['a variable that is no switch', { FOO: 'bar' }],
    ['the daemon', { NX_DAEMON: 'true' }],
  ])('is not asked for what is here, whatever becomes of %s', async (_what, env) => {
    expect(await resolve(workspace, env)).toBe('local cache');
    await workspace.nx(['daemon', '--stop'], env);
  });

  it('gives back what `nx reset` forgot', async () => {
    await workspace.nx(['reset']);
    expect(await resolve(workspace)).toBe('remote cache');
  });

  it('has nothing for another version of the plugin', async () => {
    const lock = workspace.read('package-lock.json');
    const other = JSON.parse(lock) as { packages: Record<string, { version: string }> };
    Object.assign(other.packages['node_modules/nx-ci-cache'] ?? {}, { version: '99.0.0', integrity: 'sha512-other' });
    workspace.write({ 'package-lock.json': JSON.stringify(other) });
    expect(await resolve(workspace)).toBeUndefined();
    workspace.write({ 'package-lock.json': lock });
  });

  it.each(drawn(broken, 2))(
    'that answers %s fails the run before anything acts, and is left out by a flag',
    async (answer, words) => {
      const elsewhere = await workspace.checkoutElsewhere();
      const before = await world();
      cache.answer(answer);
      const { exitCode, all } = await refresh(elsewhere);
      expect(exitCode).not.toBe(0);
      expect(all).toContain(words);
      expect(all).not.toContain('nx run app:push-constraints');
      expect(await world()).toEqual(before);
      const without = await elsewhere.nx(['run', 'app:refresh', '--skip-remote-cache'], cache.env);
      expect({ ...without, failed: elsewhere.record<RefreshReport>('refresh.json').failed }).toMatchObject({
        exitCode: 0,
        failed: [],
      });
      expect(await world()).toEqual(before);
    },
  );

  it('keeps no record of a preview that hinders the run after it', async () => {
    const elsewhere = await workspace.checkoutElsewhere();
    for (const env of [{ CI_CACHE_ANSWER: '' }, {}]) {
      const { exitCode, all } = await elsewhere.run('refresh', env);
      expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    }
    expect(elsewhere.record<LegRecord>(`legs/${onlyLeg}.json`).digest).toBe(
      workspace.record<LegRecord>(`legs/${onlyLeg}.json`).digest,
    );
  });

  describe('that is poisoned publishes nothing by', () => {
    const run = async (target: string, change: (folder: string) => number) => {
      const restore = cache.kept();
      expect(await cache.rewrite(change)).toBeGreaterThan(0);
      const elsewhere = await workspace.checkoutElsewhere();
      const { exitCode, all } = await elsewhere.run(target, cache.env);
      restore();
      return { exitCode, all, elsewhere };
    };
    const poisoned = async (change: (folder: string) => number, target = 'refresh') => {
      const before = await world();
      const { exitCode, ...ran } = await run(target, change);
      expect(exitCode).not.toBe(0);
      expect(await world()).toEqual(before);
      return ran;
    };
    const untrueLeg = (change: object) => (folder: string) =>
      rewriteAll(folder, `${onlyLeg}.json`, (text) => JSON.stringify({ ...(JSON.parse(text) as object), ...change }));

    it('a cell', async () => {
      const older = (text: string) => text.replace(/iniconfig==.*/, 'iniconfig==2.0.0');
      const { all, elsewhere } = await poisoned((folder) => rewriteCell(folder, 'core-3.13.txt', older));
      expect(hit(all, cell)).toBe('remote cache');
      expect(all).toMatch(/another file came out for core-3\.13\.txt \(iniconfig 2\.0\.0, now \d/);
      expect(elsewhere.record<PushRecord>('push.json').result).toBe('refused');
    });

    it.each(drawn(untrueLegs, 1))('%s that has a task of its own', async (_what, change) => {
      expect((await workspace.run('image', cache.env)).exitCode).toBe(0);
      await registry.remove(registry.repository('3.13'), 'latest');
      const { all } = await poisoned(untrueLeg(change), 'image');
      expect(hit(all, 'leg')).toBe('remote cache');
      expect(all).toContain(`the record of the leg ${onlyLeg} contradicts its leg tag`);
      const { exitCode } = await workspace.nx(['run', 'app:refresh', '--skip-nx-cache'], cache.env);
      expect(exitCode).toBe(0);
    });

    it.each(drawn(untrueLegs, 1))(
      '%s: where an image is to be published, none of its records is asked',
      async (_what, change) => {
        const before = await world();
        await registry.remove(registry.repository('3.13'), 'latest');
        const { exitCode, all, elsewhere } = await run('refresh', untrueLeg(change));
        expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
        expect(hit(all, images)).toBeUndefined();
        expect(elsewhere.record<LegRecord>(`legs/${onlyLeg}.json`).result).toBe('already-applied');
        expect(await world()).toEqual(before);
      },
    );

    it('an image', async () => {
      const platforms = [{ platform: 'linux/amd64', digest: nowhere }];
      const other = (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), platforms, digest: nowhere });
      const { all } = await poisoned((folder) => rewriteAll(folder, 'ci-3.13.json', other));
      expect(hit(all, images)).toBe('remote cache');
      expect(all).toContain('this run has no good record of publish-images--ci-3.13');
    });
  });
});
