import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { execute } from './support/execute';
import { git } from './support/git';
import { commandBlocks } from './support/page';
import type { LegRecord, RefreshReport } from './support/records';
import { copyOfThisRepository } from './support/repository';

/** Fixed, so that no release of tomorrow decides whether this passes. */
const cutoff = '2026-11-01T00:00:00Z';
const files = [
  'constraints-3.11.txt',
  'constraints-3.13.txt',
  'constraints-no-providers-3.11.txt',
  'constraints-no-providers-3.13.txt',
];
const legs = ['3.11', '3.13'].flatMap((python) =>
  ['linux-amd64', 'linux-arm64'].map((platform) => ({ python, platform })),
);

/** What the README says first. */
const [demo = ''] = commandBlocks('README.md');

describe('the first command of the README, tools/demo, on real input', () => {
  let repository: string;
  let stack: string;
  let env: Readonly<Record<string, string>>;
  let printed: string;

  const published = (...args: string[]) => git(env['CI_CACHE_REMOTE']!.replace('file://', ''), ...args);
  const record = <Value>(path: string) =>
    JSON.parse(readFileSync(join(repository, 'dist/apps/ci-cache', path), 'utf8')) as Value;

  beforeAll(async () => {
    repository = await copyOfThisRepository();
    stack = join(repository, '.stack');
    const isolated = {
      CI_CACHE_CUTOFF: cutoff,
      NX_CACHE_DIRECTORY: join(repository, '../nx-cache'),
      NX_WORKSPACE_DATA_DIRECTORY: join(repository, '../nx-data'),
    };
    const { exitCode, all } = await execute('bash', ['-euo', 'pipefail', '-c', demo], {
      cwd: repository,
      env: { ...isolated, TESTBED_STACK: stack },
      mayFail: true,
    });
    if (exitCode !== 0) throw new Error(all);
    printed = all;
    env = { ...isolated, ...stackEnv(stack), NO_COLOR: '1', NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
  });

  afterAll(() => down(stack, { purge: true }));

  it('publishes four files in one commit that names sources, cut-off and gates', async () => {
    expect((await published('ls-tree', '--name-only', 'constraints-main')).split('\n')).toEqual(files);
    expect(await published('rev-list', '--count', 'constraints-main')).toBe('1');
    const message = await published('log', '-1', '--format=%B', 'constraints-main');
    const head = await git(repository, 'rev-parse', 'HEAD');
    expect(message).toContain(`Source-Commit: ${head}`);
    expect(message).toContain(`Cut-Off: ${cutoff}`);
    expect(message).toContain('Gates: ci-cache:test-with-constraints');
    expect(printed).toContain('Image indexes:');
  });

  it.each(files)(
    'holds only pins under a neutral header in %s, and they install with its requirements',
    async (file) => {
      const text = `${await published('show', `constraints-main:${file}`)}\n`;
      const lines = text.trimEnd().split('\n');
      expect(lines.filter((line) => !line.startsWith('#')).length).toBeGreaterThan(100);
      expect(lines.filter((line) => !/^(#.*|[a-z0-9-]+==\S+)$/.test(line))).toEqual([]);
      expect(lines.filter((line) => line.startsWith('#')).join('\n')).not.toMatch(/\d\d:\d\d|\/|@/);

      const folder = join(repository, '../install', file);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, file), text);
      const python = /-(3\.\d+)\.txt$/.exec(file)?.[1] ?? '';
      const inputs = file.startsWith('constraints-no-providers') ? ['core.in'] : ['core.in', 'providers.in'];
      const { exitCode, all } = await execute(
        env['CI_CACHE_UV'] ?? 'uv',
        [
          ...['pip', 'install', '--dry-run', '--no-config', '--target', folder, '--only-binary', ':all:'],
          ...['--python-version', python, '--python-platform', 'linux', '--constraints', join(folder, file)],
          ...inputs.flatMap((input) => ['--requirements', join(repository, 'apps/ci-cache/requirements', input)]),
        ],
        { cwd: folder, env: { ...env, UV_PYTHON_DOWNLOADS: 'never' }, mayFail: true },
      );
      expect({ exitCode, all }).toEqual({ exitCode: 0, all: expect.stringContaining('Would install') });
    },
  );

  it.each(['3.11', '3.13'])(
    'publishes an index for Python %s whose legs ran where they say, from that commit',
    async (python) => {
      const { stdout } = await execute(
        env['CI_CACHE_BUILDX']!,
        ['imagetools', 'inspect', '--raw', `${env['CI_CACHE_REGISTRY']}/airflow/main/ci/python${python}:latest`],
        { cwd: repository, env },
      );
      const { manifests } = JSON.parse(stdout) as { manifests: { platform: { os: string; architecture: string } }[] };
      expect(manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`)).toEqual([
        'linux/amd64',
        'linux/arm64',
      ]);
      const tip = await published('rev-parse', 'constraints-main');
      for (const platform of ['linux-amd64', 'linux-arm64']) {
        const leg = record<LegRecord>(`legs/ci-${python}-${platform}.json`);
        expect(leg).toMatchObject({
          result: 'built',
          constraintsCommit: tip,
          node: platform,
          ranOn: expect.stringMatching(/^linux\//),
        });
      }
    },
  );

  it('gives a fresh, empty daemon every RUN and COPY step from the cache refs, on both platforms', async () => {
    const empty = join(repository, '../empty');
    await up(empty, { parts: ['amd64', 'arm64'] });
    try {
      const builder = { ...env, ...stackEnv(empty), CI_CACHE_REGISTRY: env['CI_CACHE_REGISTRY'] };
      for (const leg of legs) expect(await uncachedSteps(leg, builder)).toEqual([]);
    } finally {
      await down(empty, { purge: true });
    }
  });

  it('has nothing to do at once after', async () => {
    const before = await published('rev-parse', 'constraints-main');
    const { exitCode, all } = await execute('npx', ['nx', 'run', 'ci-cache:refresh'], {
      cwd: repository,
      env,
      mayFail: true,
    });
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(all.match(/nx run ci-cache:(generate-constraints--\S+|buildx-refresh) +\[.*cache/g)).toHaveLength(5);
    expect(record<RefreshReport>('refresh.json').steps.map(({ status }) => status)).toEqual(
      Array(14).fill('unchanged'),
    );
    expect(await published('rev-parse', 'constraints-main')).toBe(before);
  });

  /** Builds a leg by hand with nothing but the published refs, and names each step that had to be run. */
  const uncachedSteps = async (
    { python, platform }: { python: string; platform: string },
    builder: Record<string, string | undefined>,
  ): Promise<string[]> => {
    const registry = builder['CI_CACHE_REGISTRY'];
    const architecture = platform.replace('linux-', '');
    const endpoint = builder[`CI_CACHE_BUILDKIT_${architecture.toUpperCase()}`] ?? '';
    const name = `empty-${architecture}-${python.replace('.', '')}`;
    const buildx = (args: string[]) => execute(builder['CI_CACHE_BUILDX']!, args, { cwd: repository, env: builder });
    const base = `${registry}/base/python:${python}`;
    const { stdout: digest } = await buildx(['imagetools', 'inspect', '--format', '{{.Manifest.Digest}}', base]);
    const constraints = join(repository, '../install', `constraints-no-providers-${python}.txt`);
    await buildx(['create', '--name', name, '--driver', 'remote', '--platform', `linux/${architecture}`, endpoint]);
    const { all } = await buildx([
      ...[
        'build',
        '--builder',
        name,
        '--platform',
        `linux/${architecture}`,
        '--progress',
        'rawjson',
        '--output',
        'type=cacheonly',
      ],
      ...[
        '--provenance=false',
        '--build-arg',
        `BASE_IMAGE=${base}@${digest}`,
        '--build-arg',
        `PYTHON_VERSION=${python}`,
      ],
      ...legs.flatMap((leg) => [
        '--cache-from',
        `type=registry,ref=${registry}/airflow/main/cache/ci-python${leg.python}:${leg.platform}`,
      ]),
      ...['--build-context', `constraints=${constraints}`, '--secret', 'id=ca,src=/etc/ssl/certs/ca-certificates.crt'],
      join(repository, 'apps/ci-cache/image'),
    ]);
    const cached = new Map<string, boolean>();
    for (const line of all.split('\n').filter((each) => each.startsWith('{'))) {
      const { vertexes = [] } = JSON.parse(line) as { vertexes?: { name: string; cached?: boolean }[] };
      for (const vertex of vertexes.filter((each) => /^\[stage-0 \d+\/\d+\] (RUN|COPY)/.test(each.name))) {
        cached.set(vertex.name, Boolean(vertex.cached) || (cached.get(vertex.name) ?? false));
      }
    }
    expect(cached.size).toBe(4);
    return [...cached].filter(([, isCached]) => !isCached).map(([step]) => step);
  };
});
