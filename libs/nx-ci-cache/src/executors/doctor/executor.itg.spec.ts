/** A first run's surroundings, whole and broken in many places at once: real git, uv, registry, BuildKit and index. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { parseConfig } from '@nx-ci-cache/config';
import { buildxCommand, observeBuilder } from '@nx-ci-cache/images';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { doctorStep } from '../../chain/doctor';
import { targetsOf } from '../../plugin/targets';
import { openContext } from '../../step/context/context';
import { builderAsDescribed, makeSureOfBuilder } from '../../step/context/builder';
import { setupBuilder } from '../setup-builder/executor';
import { doctor } from './executor';

const before = { ...process.env };
let stack: string;
let made: Readonly<Record<string, string>>;
let index: LocalIndex;
let root: string;

/** Nothing that the configuration does not read: that would be a finding. */
const setEnvironment = () => {
  const own = Object.entries(made).filter(([name]) => !/^CI_CACHE_(?!UV$|BUILDX$)/.test(name));
  process.env = { ...before, ...Object.fromEntries(own) };
};

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, env: gitEnvironment, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeAll(async () => {
  stack = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
  await up(stack, { parts: ['registry', 'amd64'] });
  made = stackEnv(stack);
  setEnvironment();
  index = await startIndex([{ name: 'lib', version: '1.0' }]);
});
afterAll(async () => {
  await index.close();
  await down(stack, { purge: true });
});

const configuration = (changed: object = {}) => ({
  pythons: ['3.13'],
  index: { url: index.url },
  constraints: { modes: { core: { requirements: ['core.in'] } } },
  push: { branches: [{ from: 'main', to: 'constraints-main' }], gates: ['app:gate'] },
  images: {
    ci: {
      dockerfile: 'Dockerfile',
      repository: `${made['CI_CACHE_REGISTRY']}/doctor/python{python}`,
      cache: `${made['CI_CACHE_REGISTRY']}/doctor/cache:{platform}`,
    },
  },
  builder: { name: 'doctor', nodes: [{ platforms: ['linux/amd64'], endpoint: made['CI_CACHE_BUILDKIT_AMD64'] }] },
  ...changed,
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'doctor-'));
  git('init', '-q', '--bare', '-b', 'main', '../' + remoteName());
  git('init', '-q', '-b', 'main');
  git('remote', 'add', 'origin', join(root, '..', remoteName()));
  mkdirSync(join(root, 'node_modules'));
  symlinkSync(dirname(require.resolve('nx/package.json')), join(root, 'node_modules/nx'));
  write('.gitignore', 'node_modules\n');
  write('app/ci-cache.json', JSON.stringify(configuration()));
  write('app/core.in', 'lib\n');
  write('app/Dockerfile', 'FROM scratch\nCOPY core.in /\n');
  git('add', '.');
  git('commit', '-q', '-m', 'all of it');
});
afterEach(() => {
  rmSync(join(root, '..', remoteName()), { recursive: true });
  rmSync(root, { recursive: true });
  setEnvironment();
});
const remoteName = () => `${root.split('/').at(-1)}.git`;

const open = () => {
  const gate = { executor: 'nx:run-commands', dependsOn: ['generate-constraints'] };
  const targets = { ...targetsOf(parseConfig(JSON.stringify(configuration()), 'app'), []), gate };
  const context = {
    ...{ root, projectName: 'app', targetName: 'doctor', nxJsonConfiguration: {}, cwd: root, isVerbose: false },
    projectsConfigurations: { version: 2, projects: { app: { root: 'app', targets } } },
  } as unknown as ExecutorContext;
  return openContext(context, doctorStep);
};

/** Rows of the table by what was looked at, how it ended, and what mends it. */
const ask = async () => rowsOf(await doctor(open, root).catch((error: Error) => error.message));
const rowsOf = (text: string) => {
  const [, table = ''] = text.split(/^what +result +found\n/m);
  return table
    .trimEnd()
    .split(/\n(?=\S)/)
    .map((row) => {
      const [said = '', mend = ''] = row.split(/\n {2}→ /);
      const [check = '', result = ''] = [said.slice(0, 17).trim(), said.slice(17, 27).trim()];
      return { check, result, found: said.slice(27).replaceAll(/\s+/g, ' '), mend };
    });
};
const wrong = async () => (await ask()).filter(({ result }) => result !== 'ok');

it('finds nothing to mend where all is well, and writes nothing', async () => {
  await makeSureOfBuilder(['linux/amd64'], await open());
  const files = readdirSync(root);
  const found = await ask();
  expect(found.filter(({ result }) => result !== 'ok')).toEqual([]);
  expect([...new Set(found.map(({ check }) => check))]).toEqual([
    ...['Node', 'Nx', 'checkout', 'uv', 'configuration', 'branch rule', 'git remote', 'requirements', 'package index'],
    ...['gates', 'images', 'builder', 'node', 'emulation', 'disk', 'clock', 'registry'],
  ]);
  expect(git('ls-remote', 'origin')).toBe('');
  expect({ files: readdirSync(root), status: git('status', '--porcelain') }).toEqual({ files, status: '' });
});

it('shows all that is broken at once, each with what mends it', async () => {
  const broken = {
    index: { url: 'http://127.0.0.1:9/simple' },
    push: { branches: [{ from: 'main', to: 'constraints-main' }], gates: ['app:gaet'] },
    images: {
      ci: {
        ...configuration().images.ci,
        repository: '127.0.0.1:9/x/python{python}',
        cache: '127.0.0.1:9/x/cache:{platform}',
      },
    },
  };
  write('app/ci-cache.json', JSON.stringify(configuration(broken)));
  write('app/Dockerfile', 'FROM ${NOTHING}\n');
  git('commit', '-q', '-a', '-m', 'broken');
  git('switch', '-q', '-c', 'topic');
  git('remote', 'remove', 'origin');
  write('app/core.in', 'lib>=1\n');
  process.env['CI_CACHE_UV'] = '/nowhere/uv';
  process.env['CI_CACHE_BUILDX'] = '/nowhere/buildx';
  expect(await wrong()).toMatchObject([
    { check: 'uv', found: expect.stringContaining('does not run'), mend: expect.stringContaining('Install uv 0.13') },
    { check: 'branch rule', mend: expect.stringContaining('git switch main') },
    { check: 'git remote', mend: expect.stringContaining('git remote add origin <URL>') },
    { check: 'requirements', found: expect.stringContaining('app/core.in'), mend: expect.stringMatching(/^Commit/) },
    { check: 'package index', found: expect.stringContaining('the index default'), mend: expect.stringMatching(/\S/) },
    { check: 'gates', found: expect.stringContaining('perhaps app:gate'), mend: expect.stringContaining('push.gates') },
    { check: 'images', found: expect.stringContaining('the image is blank') },
    {
      check: 'builder',
      found: expect.stringContaining('buildx does not run'),
      mend: expect.stringContaining('BUILDX'),
    },
    { check: 'registry', mend: expect.stringContaining('registry is reachable') },
    { check: 'registry', mend: expect.stringContaining('registry is reachable') },
  ]);
});

it('tells a new user what its machines are, before there is a builder, and makes none', async () => {
  const platforms = ['linux/amd64', 'linux/arm64'];
  const nodes = [{ platforms, endpoint: made['CI_CACHE_BUILDKIT_AMD64'] }];
  const closed = { ...configuration().images.ci, cache: '127.0.0.1:9/x/cache:{platform}' };
  const changed = { platforms, builder: { name: 'unmade', nodes }, images: { ci: closed } };
  write('app/ci-cache.json', JSON.stringify(configuration(changed)));
  const context = await open();
  const look = setupBuilder({ check: true }, context).catch((error: Error) => error.message);
  const found = rowsOf((await look) ?? '').map(({ check, result }) => `${check} ${result}`);
  const node = (emulation: string) => ['node ok', `emulation ${emulation}`, 'disk ok', 'clock ok'];
  const native = process.arch === 'arm64' ? ['advice', 'ok'] : ['ok', 'advice'];
  const registry = ['registry ok', 'registry MEND', 'clock ok'];
  expect(found).toEqual(['builder advice', ...native.flatMap(node), ...registry]);
  const buildx = buildxCommand(process.env);
  expect(await observeBuilder({ buildx, definition: builderAsDescribed(context) })).toBeUndefined();
  expect(git('status', '--porcelain')).toBe(' M app/ci-cache.json\n');
});

it('goes on where the configuration cannot be read, or there is no checkout', async () => {
  write('app/ci-cache.json', JSON.stringify({ ...configuration(), python: [] }));
  expect(await wrong()).toMatchObject([{ check: 'configuration', found: expect.stringContaining('perhaps pythons') }]);
  write('app/ci-cache.json', JSON.stringify(configuration()));
  rmSync(join(root, '.git'), { recursive: true });
  const found = await wrong();
  expect(found.filter(({ result }) => result === 'MEND').map(({ check }) => check)).toEqual(['checkout']);
  expect(found.filter(({ result }) => result === 'not seen').map(({ check }) => check)).toEqual([
    ...['branch rule', 'git remote', 'requirements', 'images', 'registry'],
  ]);
});
