/** What a leg's input digest follows, and what it does not: equal ones keep the recorded build id, so Nx hits the leg. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { legSpec, parseConfig } from '@nx-ci-cache/config';
import schema from '@nx-ci-cache/config/src/ci-cache.schema.json';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { readLegSources } from '../leg/sources';
import { inputDigest } from './inputs';

/** All that the plan of one leg goes by; a row of the tables changes one thing of it. */
interface Seen {
  readonly image: Readonly<Record<string, unknown>>;
  /** Keys of ci-cache.json beside its images. */
  readonly others: object;
  /** Text of the pushed files by name. */
  readonly pushed: Readonly<Record<string, string>>;
  /** Digest of each base image. */
  readonly bases: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly python: string;
  readonly platform: string;
  readonly folder: string;
}

const base = 'r.example.com/python';
const dockerfile = 'ARG BASE\nFROM ${BASE} AS app\nCOPY --from=constraints . /pins/\nCOPY . /app\n';
const files = {
  'app/image/Dockerfile': dockerfile,
  'app/image/a.txt': 'a\n',
  'app/image/b.txt': 'b\n',
  'app/image/.dockerignore': 'notes\n',
  'app/core.in': 'alpha\n',
};
const push = { branches: [{ from: 'main', to: 'constraints-main' }] };
const usual: Omit<Seen, 'folder'> = {
  image: {
    dockerfile: 'image/Dockerfile',
    context: 'image',
    repository: 'r.example.com/ci/python{python}',
    cache: 'r.example.com/cache/{python}:{platform}',
    bases: { BASE: `${base}:{python}` },
    buildArgs: { MODE: 'x', HOST: '{env.CI_CACHE_HOST}' },
    secrets: { token: '/run/token' },
    tags: ['{commit}', 'latest'],
  },
  others: { push },
  pushed: { 'core-3.11.txt': 'alpha==1\n', 'core-3.13.txt': 'alpha==1\n' },
  bases: { [`${base}:3.11`]: 'sha256:11', [`${base}:3.13`]: 'sha256:13' },
  environment: { CI_CACHE_HOST: 'one' },
  files,
  python: '3.13',
  platform: 'linux/amd64',
};

let workspace: TestWorkspace;
let asUsual: string;
const folders: string[] = [];
beforeAll(async () => {
  workspace = testWorkspace();
  folders.push(workspace.root);
  asUsual = await digest({});
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Commits exactly the files that are seen. */
const commit = (wanted: Readonly<Record<string, string>>): string => {
  rmSync(join(workspace.root, 'app'), { recursive: true, force: true });
  workspace.git('commit', '--quiet', '--allow-empty', '--message', 'one more');
  return workspace.commit({ ...wanted, count: String(Math.random()) }).commit;
};

const digest = async (change: Partial<Seen>): Promise<string> => {
  const seen = { ...usual, folder: workspace.root, ...change };
  const { python, platform, environment } = seen;
  const config = {
    ...{ pythons: ['3.11', '3.13'], platforms: ['linux/amd64', 'linux/arm64'] },
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    builder: { nodes: [{ platforms: ['linux/amd64', 'linux/arm64'] }] },
    ...seen.others,
    images: { ci: seen.image },
  };
  const source = { workspaceRoot: seen.folder, commit: change.folder === undefined ? commit(seen.files) : 'HEAD' };
  const run = { branch: 'main', commit: source.commit, constraintsCommit: 'c0ffee', environment };
  const spec = legSpec(parseConfig(JSON.stringify(config), 'app'), { image: 'ci', python, platform }, run);
  const { inputs } = await readLegSources({ spec, source, constraints: seen.pushed, bases: seen.bases });
  return inputDigest(inputs);
};

/** Keys of an image, and what each is changed to; by whether the leg is another one then. */
const keys: Readonly<Record<string, { readonly change: object; readonly misses: boolean }>> = {
  dockerfile: { change: { dockerfile: 'image/Other' }, misses: true },
  context: { change: { context: 'image/sub' }, misses: true },
  contexts: { change: { contexts: { shared: 'image/sub' } }, misses: true },
  // There is one in the top folder only.
  gitDir: { change: { context: '{workspaceRoot}', gitDir: true }, misses: true },
  target: { change: { target: 'app' }, misses: true },
  bases: { change: { bases: { BASE: `${base}:3.11` } }, misses: true },
  buildArgs: { change: { buildArgs: { MODE: 'y' } }, misses: true },
  // Where it lies: another place has no leg tag and no cache, so the leg is stale by what the registry holds.
  repository: { change: { repository: 'r.example.com/new/python{python}' }, misses: false },
  cache: { change: { cache: 'r.example.com/new/{python}:{platform}' }, misses: false },
  // What it leaves: the registry is asked for that.
  publish: { change: { publish: 'image' }, misses: false },
  // What it starts from.
  cacheFrom: { change: { cacheFrom: ['r.example.com/shared:main'] }, misses: false },
  cacheFromBranches: {
    change: { cache: 'r.example.com/{branch}:{python}-{platform}', cacheFromBranches: ['v3'] },
    misses: false,
  },
  labels: { change: { labels: { kind: 'x' } }, misses: true },
  compression: { change: { compression: 'zstd' }, misses: true },
  compressionLevel: { change: { compressionLevel: 3 }, misses: true },
  forceCompression: { change: { forceCompression: true }, misses: true },
  sourceDateEpoch: { change: { sourceDateEpoch: 0 }, misses: true },
  rewriteTimestamp: { change: { sourceDateEpoch: 1, rewriteTimestamp: true }, misses: true },
  provenance: { change: { provenance: 'max' }, misses: true },
  sbom: { change: { sbom: `${base}:3.11` }, misses: true },
  // Its age makes a leg stale, not what it is made from.
  maxAge: { change: { maxAge: '7d' }, misses: false },
  // What a run does whose cache cannot be written.
  onCacheFailure: { change: { onCacheFailure: 'warn' }, misses: false },
  // What prune leaves.
  keep: { change: { keep: 3 }, misses: false },
  // Of the index, whose legs stay what they are.
  annotations: { change: { annotations: { revision: '{commit}' } }, misses: false },
  tags: { change: { tags: ['{commit}', 'newest'] }, misses: false },
  // No part of any digest, by promise.
  secrets: { change: { secrets: { token: '/run/another' } }, misses: false },
  // A step that wants them fails without, and is the same with any.
  ssh: { change: { ssh: { default: '/run/agent' } }, misses: false },
  allow: { change: { allow: ['network.host'] }, misses: false },
  // Of build-image, which no leg is.
  freeze: { change: { freeze: 'pip freeze' }, misses: false },
};
const morePlaces = { ...files, 'app/image/Other': `${dockerfile}RUN true\n`, 'app/image/sub/a.txt': 'a\n' };

it.each(Object.entries(keys))('the key %s', async (_key, { change, misses }) => {
  const before = await digest({ files: morePlaces });
  const after = await digest({ files: morePlaces, image: { ...usual.image, ...change } });
  expect(after !== before).toBe(misses);
});

it('each key there is', () => {
  expect(Object.keys(keys).sort()).toEqual(
    Object.keys(schema.properties.images.additionalProperties.properties).sort(),
  );
});

it.each<[string, Partial<Seen>]>([
  ['a line of the Dockerfile', { files: { ...files, 'app/image/Dockerfile': `${dockerfile}\n` } }],
  ['a source', { files: { ...files, 'app/image/a.txt': 'c\n' } }],
  ['two sources that swap what they hold', { files: { ...files, 'app/image/a.txt': 'b\n', 'app/image/b.txt': 'a\n' } }],
  ['a source that is renamed', { files: { ...without('app/image/a.txt'), 'app/image/c.txt': 'a\n' } }],
  ['a source more', { files: { ...files, 'app/image/c.txt': '' } }],
  ['a pin', { pushed: { ...usual.pushed, 'core-3.13.txt': 'alpha==2\n' } }],
  ['a base image that moved', { bases: { ...usual.bases, [`${base}:3.13`]: 'sha256:14' } }],
  ['the variable a build argument is filled from', { environment: { CI_CACHE_HOST: 'two' } }],
  ['another platform', { platform: 'linux/arm64' }],
  ['another Python', { python: '3.11' }],
])('a leg misses for %s', async (_name, change) => {
  expect(await digest(change)).not.toBe(asUsual);
});

it.each<[string, Partial<Seen>]>([
  ['another commit of the same files', {}],
  ['a file outside the context', { files: { ...files, 'app/core.in': 'alpha<2\n', 'README.md': 'about\n' } }],
  ['a file that .dockerignore names', { files: { ...files, 'app/image/notes/a.txt': 'a\n' } }],
  ["another Python's pins", { pushed: { ...usual.pushed, 'core-3.11.txt': 'alpha==2\n' } }],
  ["another Python's base image", { bases: { ...usual.bases, [`${base}:3.11`]: 'sha256:12' } }],
  ['a file on the branch that is not ours', { pushed: { ...usual.pushed, 'other-3.13.txt': 'beta==1\n' } }],
  ['a variable that nothing reads', { environment: { ...usual.environment, FOO: 'bar', HOME: '/home/other' } }],
  ['guards, gates and index', { others: { push: { ...push, allowUntested: true }, index: { window: '1h' } } }],
  [
    'nodes that build',
    { others: { push, builder: { nodes: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'] }] } } },
  ],
])('a leg hits whatever becomes of %s', async (_name, change) => {
  expect(await digest(change)).toBe(asUsual);
});

it('a leg hits whatever becomes of a file that its Dockerfile does not copy', async () => {
  const single = { ...files, 'app/image/Dockerfile': dockerfile.replace('constraints .', 'constraints core-3.13.txt') };
  const modes = { core: { requirements: ['core.in'] }, more: { requirements: ['core.in'] } };
  const seen = (core: string, more: string) =>
    digest({
      ...{ files: single, others: { push, constraints: { modes } } },
      pushed: { 'core-3.13.txt': `alpha==${core}\n`, 'more-3.13.txt': `beta==${more}\n` },
    });
  expect(await seen('1', '2')).toBe(await seen('1', '1'));
  expect(await seen('2', '1')).not.toBe(await seen('1', '1'));
});

it('a leg hits in a checkout elsewhere', async () => {
  const elsewhere = join(mkdtempSync(join(tmpdir(), 'ci-cache-elsewhere-')), 'a checkout');
  folders.push(join(elsewhere, '..'));
  commit(files);
  cpSync(workspace.root, elsewhere, { recursive: true });
  expect(await digest({ folder: elsewhere })).toBe(asUsual);
});

function without(name: keyof typeof files): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => path !== name));
}
