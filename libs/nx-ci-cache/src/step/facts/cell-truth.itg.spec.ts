/** What the bytes of a cell's facts follow, and what they do not: Nx hits the cell exactly when they are the same. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import schema from '@nx-ci-cache/config/src/ci-cache.schema.json';
import { push, startCellWorld, uvSaying, type CellWorld, type Seen } from '../../testing/cell-world';

let world: CellWorld;
let asUsual: string;
const facts = (change?: Partial<Seen>) => world.facts(change);

beforeAll(async () => {
  world = await startCellWorld();
  asUsual = await facts();
});
afterEach(() => world.restore());
afterAll(() => world.close());

const nodes = [{ platforms: ['linux/amd64'] }];
const image = {
  dockerfile: 'Dockerfile',
  repository: 'r.example.com/ci/{python}',
  cache: 'r.example.com/cache/{python}:{platform}',
};
const withImages = { platforms: ['linux/amd64'], images: { ci: image }, builder: { nodes } };

const locked = { requirements: undefined, lock: 'uv.lock' };
const ofMode = {
  lock: locked,
  extras: { ...locked, extras: ['fast'] },
  groups: { ...locked, groups: ['dev'] },
  image: { requirements: undefined, image: 'ci' },
  requirements: { requirements: ['core.in'] },
  constraints: { constraints: ['bounds.txt'] },
  overrides: { overrides: ['bounds.txt'] },
  excludes: { excludes: ['beta'] },
  buildConstraints: { buildConstraints: ['bounds.txt'] },
  limits: { limits: [{ bound: 'alpha<3', reason: 'not yet' }] },
  ownPackages: { ownPackages: ['acme-*'] },
  resolution: { resolution: 'lowest' },
  prerelease: { prerelease: 'allow' },
  prereleasePackages: { prereleasePackages: { alpha: 'allow' } },
  allowSdist: { allowSdist: [{ name: 'alpha', pythons: ['3.13'] }] },
  findLinks: { findLinks: ['wheels'] },
  keepPins: { keepPins: true },
  cutoffExempt: { cutoffExempt: ['alpha'] },
  perPlatform: { perPlatform: true },
};
/** Of a lock, which has nothing else beside it. */
const asked = { extras: true, groups: true };
const lockOf = (alpha: string, old = '1.0') => `[[package]]
name = "own"
source = { virtual = "." }
dependencies = [{ name = "alpha" }, { name = "old", marker = "python_full_version < '3.12'" }]
[package.optional-dependencies]
fast = [{ name = "fast" }]
[package.dev-dependencies]
dev = [{ name = "dev" }]
${Object.entries({ alpha, old, fast: '1.0', dev: '1.0' })
  .map(([name, version]) => `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "x" }\n`)
  .join('')}`;
const onLocalhost = () => world.index.url.replace('127.0.0.1', 'localhost');
const ofIndex = {
  url: () => ({ url: onLocalhost() }),
  name: () => ({ name: 'ours' }),
  uploadTimes: () => ({ uploadTimes: false }),
  indexes: () => ({ indexes: [{ name: 'first', url: onLocalhost() }] }),
  sources: () => ({ indexes: [{ name: 'first', url: onLocalhost() }], sources: { alpha: 'first' } }),
  strategy: () => ({ strategy: 'unsafe-best-match' }),
  keyring: () => ({ keyring: true }),
  // How long a page may be used again.
  settle: () => ({ settle: '2h' }),
};
/** Says what holds without it. */
const spelledOut = {
  ...{ resolution: 'highest', keepPins: false, constraints: [], overrides: [], excludes: [], buildConstraints: [] },
  perPlatform: false,
  ...{ limits: [], ownPackages: [], prereleasePackages: {}, findLinks: [], cutoffExempt: [] },
};

describe('a cell misses for', () => {
  it.each(Object.entries(ofMode))('%s of its mode', async (key, mode) => {
    world.workspace.write({ 'app/uv.lock': lockOf('1.0') });
    if (key in asked) expect(await facts({ mode })).not.toBe(await facts({ mode: locked }));
    expect(await facts({ mode, others: withImages })).not.toBe(asUsual);
  });

  it.each(Object.entries(ofIndex))('%s of the index', async (_key, index) => {
    expect(await facts({ index: index() })).not.toBe(asUsual);
  });

  it('each key there is, but for what says which cells there are and when the cut-off moves', () => {
    const { index, constraints } = schema.properties;
    const { modes } = constraints.properties;
    expect([...Object.keys(ofMode), 'pythons'].sort()).toEqual(
      Object.keys(modes.additionalProperties.properties).sort(),
    );
    expect([...Object.keys(ofIndex), 'window'].sort()).toEqual(Object.keys(index.properties).sort());
  });

  it.each<[string, () => Partial<Seen>]>([
    ['the patch release of its Python', () => ({ others: { pythons: ['3.11', '3.13.2'] } })],
    [
      'its Linux',
      () => ({
        others: {
          constraints: {
            linux: 'manylinux_2_36',
            modes: { core: { requirements: ['core.in', 'more.in'], pythons: ['3.13'] } },
          },
        },
      }),
    ],
    ['a further platform', () => ({ others: { platforms: ['linux/amd64', 'linux/arm64'] } })],
    ['the cut-off', () => ({ cutoff: '2026-02-02T00:00:00Z' })],
    ['the order of its requirements', () => ({ mode: { requirements: ['more.in', 'core.in'] } })],
    ['another uv', () => ({ environment: { CI_CACHE_UV: uvSaying('uv 0.99.0 (1 2026-01-01)', world.folder()) } })],
  ])('%s', async (_name, change) => {
    expect(await facts(change())).not.toBe(asUsual);
  });

  it.each<[string, Readonly<Record<string, string>>, object?]>([
    ['a requirement', { 'app/core.in': 'alpha<2\n' }],
    ['two files that swap what they hold', { 'app/core.in': 'beta\n', 'app/more.in': 'alpha\n' }],
    ['a file that is renamed', { 'app/new.in': 'alpha\n' }, { requirements: ['new.in', 'more.in'] }],
    ['a project of the workspace more', { 'libs/two/pyproject.toml': '[project]\nname = "two"\n' }],
  ])('%s', async (_name, written, mode = {}) => {
    world.workspace.write(written);
    expect(await facts({ mode })).not.toBe(asUsual);
  });

  it.each<[string, object, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    [
      'a file that a line leads to',
      {},
      { 'app/core.in': '-r deep.in\n', 'app/deep.in': 'alpha\n' },
      { 'app/deep.in': 'alpha<2\n' },
    ],
    [
      'a member that a line names',
      {},
      { 'app/core.in': '-e ../libs/own\n' },
      { 'libs/own/pyproject.toml': '[project]\nname = "own"\nversion = "1"\ndependencies = ["alpha"]\n' },
    ],
    ['a pin of its lock', { mode: locked }, { 'app/uv.lock': lockOf('1.0') }, { 'app/uv.lock': lockOf('2.0') }],
  ])('%s', async (_name, change, written, then) => {
    world.workspace.write(written);
    const before = await facts(change);
    world.workspace.write(then);
    expect(await facts(change)).not.toBe(before);
  });

  it('published pins that it keeps', async () => {
    const keeping = { mode: { keepPins: true } };
    expect(await facts({ ...keeping, published: 'alpha==1.1\n' })).not.toBe(await facts(keeping));
  });

  it('a release of a package whose pages are its cut-off', async () => {
    const undated = { index: { uploadTimes: false } };
    const before = await facts(undated);
    expect(await facts(undated)).toBe(before);
    world.index.publish({ name: 'alpha', version: '2.1', uploaded: '2026-03-02T00:00:00Z' });
    expect(await facts(undated)).not.toBe(before);
  });
});

describe('a cell hits whatever becomes of', () => {
  const modes = (more: object) => ({ constraints: { ...more, modes: { core: world.mode } } });

  it.each<[string, () => Partial<Seen>]>([
    ['nothing', () => ({})],
    ['defaults that are spelled out', () => ({ mode: spelledOut })],
    ['the window of the same cut-off', () => ({ index: { window: '1h' } })],
    ['guards', () => ({ others: modes({ guard: { maxShrink: 1 } }) })],
    [
      'another mode',
      () => ({ others: { constraints: { modes: { core: world.mode, more: { requirements: ['more.in'] } } } } }),
    ],
    ['where it is pushed', () => ({ others: { push: { ...push, title: 'New pins', remote: 'upstream' } } })],
    ['images and builder', () => ({ others: withImages })],
    ['published pins that it does not keep', () => ({ published: 'alpha==0.9\n' })],
    ['variables that are no switch', () => ({ environment: { FOO: 'bar', UV_INDEX_URL: 'http://x', PIP_PRE: '1' } })],
    [
      "another user's home",
      () => ({
        environment: { HOME: world.folder(), XDG_CONFIG_HOME: world.folder(), XDG_CACHE_HOME: world.folder() },
      }),
    ],
    [
      'another build of the same uv',
      () => {
        const { resolver } = JSON.parse(asUsual) as { resolver: string };
        return { environment: { CI_CACHE_UV: uvSaying(`${resolver} (another build)`, world.folder()) } };
      },
    ],
    [
      'the folder',
      () => {
        const folder = join(world.folder(), 'a checkout');
        cpSync(world.workspace.root, folder, { recursive: true });
        return { folder };
      },
    ],
  ])('%s', async (_name, change) => {
    expect(await facts(change())).toBe(asUsual);
  });

  it('what its lock holds for another Python', async () => {
    world.workspace.write({ 'app/uv.lock': lockOf('1.0') });
    const before = await facts({ mode: locked });
    world.workspace.write({ 'app/uv.lock': lockOf('1.0', '2.0') });
    expect(await facts({ mode: locked })).toBe(before);
  });

  it('releases after the cut-off', async () => {
    world.index.publish({ name: 'alpha', version: '3.0', uploaded: '2026-04-01T00:00:00Z' });
    expect(await facts()).toBe(asUsual);
  });

  it.each([
    ['a file it does not read', { 'README.md': 'about this\n' }],
    [
      'the version of a project of the workspace',
      { 'libs/own/pyproject.toml': '[project]\nname = "own"\nversion = "2"\n' },
    ],
  ])('%s', async (_name, written) => {
    world.workspace.commit(written);
    expect(await facts()).toBe(asUsual);
  });
});
