import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { stackEnv } from '@nx-ci-cache/testbed';
import type { LegRecord, RefreshReport, VerifyRecord } from './support/records';
import { Registry } from './support/registry';
import { e2eStack, Workspace } from './support/workspace';

const cells = ['constraints-3.11', 'constraints-3.13', 'core-3.11', 'core-3.13'];
const legs = ['ci-3.11-linux-amd64', 'ci-3.11-linux-arm64', 'ci-3.13-linux-amd64', 'ci-3.13-linux-arm64'];
const cachedCells = cells.map((cell) => `generate-constraints--${cell}`);
const cachedTasks = [...cachedCells, 'buildx-refresh'];

describe('refresh with the packed plugin in a fresh workspace', () => {
  let workspace: Workspace;
  let registry: Registry;

  const refresh = async (env: Record<string, string> = {}) => {
    const { exitCode, all } = await workspace.run('refresh', env);
    if (exitCode !== 0) throw new Error(all);
    return { all, hits: hits(all), report: workspace.record<RefreshReport>('refresh.json') };
  };

  const hits = (output: string) =>
    cachedTasks.filter((task) => new RegExp(`nx run app:${task.replaceAll('.', '\\.')} +\\[.*cache`).test(output));

  const line = (report: RefreshReport, step: string) => report.steps.find((each) => each.step === step);
  const built = (report: RefreshReport) =>
    legs.filter((leg) => line(report, `buildx-refresh--${leg}`)?.status === 'done');
  const legRecords = () => legs.map((leg) => workspace.record<LegRecord>(`legs/${leg}.json`));

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
  });

  it('publishes constraints and images on the first run', async () => {
    const { report } = await refresh();
    expect(report).toMatchObject({ outcome: 'refreshed', failed: [] });
    expect(built(report)).toEqual(legs);

    const files = (await workspace.published('ls-tree', '--name-only', 'constraints-main')).split('\n');
    expect(files).toEqual(cells.map((cell) => `${cell}.txt`));
    const message = await workspace.published('log', '-1', '--format=%B', 'constraints-main');
    expect(message).toContain(`Source-Commit: ${(await workspace.git('rev-parse', 'HEAD')).trim()}`);
    expect(message).toMatch(/Cut-Off: \d{4}-\d\d-\d\dT00:00:00Z/);
    expect(message).toMatch(/^Gates: app:gate$[^]*^Tested: app:gate used all files$/m);
    for (const file of files) {
      const text = await workspace.published('show', `constraints-main:${file}`);
      const lines = text.trimEnd().split('\n');
      expect(lines.filter((each) => !each.startsWith('#')).every((each) => /^[a-z0-9-]+==[^\s]+$/.test(each))).toBe(
        true,
      );
      expect(lines.filter((each) => each.startsWith('#')).join('\n')).not.toMatch(/\d\d:\d\d|\/|@/);
    }
  });

  it.each(['3.11', '3.13'])(
    'holds one index for Python %s with exactly the two platforms, and a cache ref per leg',
    async (python) => {
      const commit = (await workspace.git('rev-parse', 'HEAD')).trim();
      const index = await registry.manifest(registry.repository(python), 'latest');
      expect(index?.body.manifests?.map(({ platform }) => `${platform.os}/${platform.architecture}`)).toEqual([
        'linux/amd64',
        'linux/arm64',
      ]);
      expect((await registry.manifest(registry.repository(python), commit))?.digest).toBe(index?.digest);
      for (const platform of ['linux-amd64', 'linux-arm64']) {
        expect(
          (await registry.manifest(registry.cacheRepository(python), platform))?.body.layers?.length,
        ).toBeGreaterThan(0);
        const leg = await registry.manifest(registry.repository(python), `leg--ci-${python}-${platform}`);
        expect(leg?.body.annotations?.['nx-ci-cache.constraints-commit']).toBe(await workspace.tip());
      }
    },
  );

  it('does nothing on a second run: hits only, and the records of the builds', async () => {
    const before = { tip: await workspace.tip(), tags: await registry.tags(), records: legRecords() };
    const { hits, report, all } = await refresh();
    expect(hits).toEqual(cachedTasks);
    expect(all).toMatch(/^Nothing to do: app$[^]*^generate-constraints \(4\) +same .*restored by$/m);
    const isOfSchema = new Ajv({ strict: false }).compile(
      JSON.parse(workspace.read('node_modules/nx-ci-cache/refresh.schema.json')) as object,
    );
    expect([isOfSchema(report), isOfSchema.errors]).toEqual([true, null]);
    const replayed = report.steps.filter((step) => step.replayed).map(({ executor }) => executor);
    expect(new Set(replayed)).toEqual(new Set(['generate-constraints', 'buildx-refresh', 'publish-images']));
    expect({ tip: await workspace.tip(), tags: await registry.tags(), records: legRecords() }).toEqual(before);
    expect(before.records.map(({ result }) => result)).toEqual(legs.map(() => 'built'));
    expect(report.steps.map(({ status }) => status)).toEqual(report.steps.map(() => 'unchanged'));
    expect(report.steps.every(({ text }) => text.includes('nothing changed'))).toBe(true);
  });

  it('builds nothing on another checkout that shares only git and registry', async () => {
    const tags = await registry.tags();
    const elsewhere = await workspace.checkoutElsewhere();
    const { exitCode, all } = await elsewhere.run('refresh');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(legs.map((leg) => elsewhere.record<LegRecord>(`legs/${leg}.json`).result)).toEqual(
      legs.map(() => 'already-applied'),
    );
    expect(await registry.tags()).toEqual(tags);
  });

  it.each([
    ['cache ref', () => registry.remove(registry.cacheRepository('3.11'), 'linux-arm64'), /the cache ref .* is gone/],
    ['leg tag', () => registry.remove(registry.repository('3.11'), 'leg--ci-3.11-linux-arm64'), /no leg tag yet/],
  ])('heals a deleted %s, though no file changed', async (_what, remove, reason) => {
    await remove();
    const { hits, report } = await refresh();
    expect(built(report)).toEqual(['ci-3.11-linux-arm64']);
    expect(line(report, 'buildx-refresh--ci-3.11-linux-arm64')?.text).toMatch(reason);
    expect(hits).toEqual(cachedCells);
    const others = legRecords().filter(({ leg }) => leg !== 'ci-3.11-linux-arm64');
    expect(others.map(({ result }) => result)).toEqual(others.map(() => 'already-applied'));
  });

  it('puts a moved tag right without a build', async () => {
    const repository = registry.repository('3.13');
    const right = await registry.manifest(repository, 'latest');
    await registry.moveTag(repository, 'latest', 'leg--ci-3.13-linux-amd64');
    expect((await registry.manifest(repository, 'latest'))?.digest).not.toBe(right?.digest);
    const { all, hits, report } = await refresh();
    expect(hits).toEqual(cachedCells);
    expect(built(report)).toEqual([]);
    expect(all).not.toContain('builds, longest first');
    expect(line(report, 'publish-images--ci-3.13')?.text).toContain('latest moved');
    expect((await registry.manifest(repository, 'latest'))?.digest).toBe(right?.digest);
  });

  it('changes nothing in a preview and shows what would happen', async () => {
    const before = { tip: await workspace.tip(), tags: await registry.tags() };
    workspace.write({ 'app/core.in': 'iniconfig<2\n' });
    await workspace.commit('an older iniconfig');
    const { report } = await refresh({ CI_CACHE_ANSWER: '' });
    expect(report.preview).toBeDefined();
    expect(line(report, 'push-constraints')).toMatchObject({ status: 'previewed' });
    expect(line(report, 'check-constraints')?.text).toBe('2 of 4 files changed: core-3.11.txt, core-3.13.txt');
    expect(line(report, 'buildx-refresh--ci-3.13-linux-arm64')?.text).toBe(
      'would be built: constraints changed: core-3.13.txt',
    );
    expect({ tip: await workspace.tip(), tags: await registry.tags() }).toEqual(before);
  });

  it('resolves, pushes and builds exactly what a changed requirement concerns', async () => {
    const before = await workspace.tip();
    workspace.write({
      'app/core.in': 'iniconfig<2\n',
      'app/ci-cache.json': onlyFor311(workspace.read('app/ci-cache.json')),
    });
    workspace.write({
      'app/core-311.in': 'iniconfig<2; python_version < "3.12"\niniconfig; python_version >= "3.12"\n',
    });
    await workspace.commit('an older iniconfig on Python 3.11');
    const { all, hits, report } = await refresh({ BUILDKITE: 'true' });
    expect(hits).toEqual(['generate-constraints--constraints-3.11', 'generate-constraints--constraints-3.13']);
    const copied =
      /ci-3\.11-linux-amd64: step \S+ 2\/4 ran: COPY \S+ core-\S+ \/\S+ — constraints:core-3\.11\.txt changed/;
    expect(all).toMatch(copied);
    expect(all).toMatch(
      /^--- ci-3\.11-linux-amd64: the log of build [0-9a-f]{8}\n(#\d+ .*\n|.+\n)+?\+\+\+ nx-ci-cache$/m,
    );
    expect(line(report, 'check-constraints')?.text).toBe('1 of 4 files changed: core-3.11.txt');
    expect(built(report)).toEqual(['ci-3.11-linux-amd64', 'ci-3.11-linux-arm64']);
    expect(line(report, 'buildx-refresh--ci-3.11-linux-amd64')?.text).toContain('constraints changed: core-3.11.txt');
    expect((await workspace.published('rev-list', `${before}..constraints-main`)).split('\n')).toHaveLength(1);
    expect(await workspace.published('diff', '--name-only', before, 'constraints-main')).toBe('core-3.11.txt');
    const message = await workspace.published('log', '-1', '--format=%B', 'constraints-main');
    expect(message).toMatch(/^Allowed by constraints\.guard:\n- core-3\.11\.txt: iniconfig goes down from \S+ to 1\./m);
  });

  it('goes by the configuration it began with, whatever becomes of ci-cache.json meanwhile', async () => {
    const { 'app/ci-cache.json': config, 'app/gate.js': gate } = {
      'app/ci-cache.json': workspace.read('app/ci-cache.json'),
      'app/gate.js': workspace.read('app/gate.js'),
    };
    workspace.write({ 'app/gate.js': "require('node:fs').writeFileSync('app/ci-cache.json', 'no JSON at all');\n" });
    const before = { tip: await workspace.tip(), tags: await registry.tags() };
    const { report } = await refresh();
    expect(workspace.read('app/ci-cache.json')).toBe('no JSON at all');
    workspace.write({ 'app/ci-cache.json': config, 'app/gate.js': gate });
    expect(report.failed).toEqual([]);
    expect({ tip: await workspace.tip(), tags: await registry.tags() }).toEqual(before);
  });

  it('proves what the caches are worth on empty builders, and changes nothing', async () => {
    const before = { tip: await workspace.tip(), tags: await registry.tags() };
    const daemon = join(dirname(stackEnv(e2eStack())['CI_CACHE_BUILDX'] ?? ''), 'buildkitd');
    const verify = () => workspace.run('verify', { CI_CACHE_BUILDKITD: daemon });
    const whole = await verify();
    expect(whole).toMatchObject({
      exitCode: 0,
      all: expect.stringContaining('verify: 12 of 12 steps CACHED over 4 legs'),
    });
    expect(workspace.record<VerifyRecord>('verify.json')).toMatchObject({ result: 'verified', faults: [] });
    expect({ tip: await workspace.tip(), tags: await registry.tags() }).toEqual(before);

    await registry.remove(registry.cacheRepository('3.13'), 'linux-arm64');
    const { exitCode, all } = await verify();
    expect(exitCode).toBe(1);
    expect(all).toContain('verify: 9 of 12 steps CACHED over 4 legs');
    expect(all).toMatch(/ci-3\.13-linux-arm64: the cache ref \S+ is gone/);
  });
});

const onlyFor311 = (config: string): string => config.replace('"core.in"', '"core-311.in"');
