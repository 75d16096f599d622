/** A developer's image from what a refresh has published: with a real registry, a real node, and a checkout that is edited. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { registryClient, type DevImage, type RegistryClient } from '@nx-ci-cache/images';
import { writeJson } from '@nx-ci-cache/process';
import { legsOf, recordPaths, type BranchFacts, type PushRecord } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import type { StepContext } from '../../step/context/context';
import { refreshImages } from '../buildx-refresh/executor';
import { devImage } from './executor';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const out = mkdtempSync(join(tmpdir(), 'ci-cache-dev-'));
const paths = recordPaths('app');
const lines: string[] = [];
let workspace: TestWorkspace;
let registry: RegistryClient;
let context: StepContext;
let host: string;

const dockerfile =
  'ARG BASE\nFROM ${BASE}\nCOPY --from=constraints core-3.11.txt /\nRUN echo made > /made\nCOPY a.txt /\n';

beforeAll(async () => {
  await up(stateDir, { parts: ['registry', 'amd64', 'bases'] });
  const { CI_CACHE_ANSWER: _, ...stack } = stackEnv(stateDir);
  const environment = { ...process.env, ...stack };
  host = String(environment['CI_CACHE_REGISTRY']);
  registry = registryClient({ environment });
  workspace = testWorkspace();
  workspace.commit({ '.gitignore': 'dist\n', 'core-3.11.txt': 'six==1.17.0\n' });
  workspace.git('branch', 'constraints-main');
  workspace.git('remote', 'add', 'origin', workspace.root);
  const text = JSON.stringify({
    pythons: ['3.11'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: {
      ci: {
        ...{ dockerfile: 'Dockerfile', bases: { BASE: `${host}/base/python:3.11` } },
        ...{ repository: `${host}/ci`, cache: `${host}/ci-cache:{platform}` },
      },
    },
    builder: { nodes: [{ platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' }] },
  });
  workspace.commit({
    'app/ci-cache.json': text,
    'app/core.in': 'six\n',
    'app/Dockerfile': dockerfile,
    'app/a.txt': 'a',
  });
  context = {
    ...{ workspaceRoot: workspace.root, projectName: 'app', taskName: 'app:dev-image', paths, environment },
    ...{ config: parseConfig(text, 'app'), projects: {}, namedInputs: {}, byHand: false },
    ...{ switches: { dryRun: false, answer: false, force: false }, at: (path: string) => join(workspace.root, path) },
    say: (line: string) => lines.push(line),
  } as unknown as StepContext;
  await refresh();
});
beforeEach(() => void lines.splice(0));
afterAll(async () => {
  await down(stateDir, { purge: true });
  for (const folder of [out, workspace.root]) rmSync(folder, { recursive: true, force: true });
});

/** The legs, as a run builds them from its push on. */
const refresh = async () => {
  const tip = workspace.git('rev-parse', 'constraints-main').trim();
  const branch: BranchFacts = {
    ...{ run: 'run', startedAt: new Date().toISOString(), sourceBranch: 'main', imageBranch: 'main' },
    ...{ sourceCommit: workspace.git('rev-parse', 'HEAD').trim(), branch: 'constraints-main', remote: workspace.root },
    ...{ tip, cutoff: '2026-01-01T00:00:00Z' },
  };
  const push: PushRecord = {
    ...{ run: 'run', result: 'pushed', branch: branch.branch, remote: branch.remote },
    ...{ oldCommit: null, newCommit: tip, attempts: 1, files: [], reasons: [] },
  };
  await writeJson(context.at(paths.branch), branch);
  await writeJson(context.at(paths.push), push);
  await refreshImages(legsOf(context.config), { ...context, switches: { ...context.switches, answer: true } });
};

/** All that others read. */
const shared = async () => {
  const repositories = [`${host}/ci`, `${host}/ci-cache`];
  const references = await Promise.all(
    repositories.map(async (name) => (await registry.tagsOf(name)).map((tag) => `${name}:${tag}`)),
  );
  const held = references.flat().map(async (name) => [name, (await registry.getManifest(name))?.digest]);
  return { held: await Promise.all(held), refs: workspace.git('show-ref') };
};

const build = async (asked: object): Promise<DevImage> => {
  const made = await devImage(asked, context);
  if (made === undefined) throw new Error('nothing was built');
  return made;
};

it('finds every step in the published cache, for docker load, and writes nothing that others read', async () => {
  const before = await shared();
  const dest = join(out, 'deep/ci.tar');
  const { steps, importedCache, edited } = await build({ dest });
  expect(steps).toHaveLength(3);
  expect(steps.every(({ cached }) => cached)).toBe(true);
  expect({ importedCache, edited }).toEqual({ importedCache: `${host}/ci-cache:linux-amd64`, edited: [] });
  const manifest = JSON.parse(String(execFileSync('tar', ['-xOf', dest, 'manifest.json'])));
  expect(manifest).toMatchObject([{ RepoTags: ['localhost/app/ci:3.11-linux-amd64'] }]);
  expect(lines.slice(-3)).toEqual([
    expect.stringMatching(/^ci-3\.11-linux-amd64: 3 of 3 steps CACHED, made from [0-9a-f]{40}$/),
    `for other tools: --cache-from type=registry,ref=${host}/ci-cache:linux-amd64`,
    `docker load --input ${dest}, then docker run --rm -it localhost/app/ci:3.11-linux-amd64`,
  ]);
  expect(await shared()).toEqual(before);
});

it('shows what would be built', async () => {
  const dryRun = { ...context, switches: { ...context.switches, dryRun: true } };
  expect(await devImage({ dest: join(out, 'never') }, dryRun)).toBeUndefined();
  expect(lines).toEqual([
    expect.stringMatching(/^ci-3\.11-linux-amd64: would be built from [0-9a-f]{40}$/),
    `for other tools: --cache-from type=registry,ref=${host}/ci-cache:linux-amd64`,
  ]);
  expect(existsSync(join(out, 'never'))).toBe(false);
});

/** A file of the last layer of an image in the layout of OCI. */
const fileIn = (layout: string, path: string): string => {
  const blob = (digest: string) => join(layout, 'blobs', digest.replace(':', '/'));
  const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as { [name: string]: { digest: string }[] };
  const [image] = read(join(layout, 'index.json'))['manifests'] ?? [];
  const layers = read(blob(String(image?.digest)))['layers'] ?? [];
  return String(execFileSync('tar', ['-xOzf', blob(String(layers.at(-1)?.digest)), path]));
};

it('builds what has changed since, edits that are in no commit included, marks it, and replaces its own image only', async () => {
  workspace.write({ 'app/a.txt': 'edited', 'app/new.txt': 'new', 'other/b.txt': 'not of it' });
  const before = await shared();
  const dest = join(out, 'layout');
  for (let round = 0; round < 2; round += 1) {
    const { steps, edited, name } = await build({ dest, image: 'ci', python: '3.11', platform: 'linux/amd64' });
    expect(steps).toHaveLength(3);
    const ran = steps.filter(({ cached }) => !cached).map((each) => each.name);
    expect(ran).toEqual(round === 0 ? [expect.stringContaining('COPY a.txt /')] : []);
    expect({ edited, name }).toEqual({
      edited: ['app/a.txt', 'app/new.txt'],
      name: 'localhost/app/ci:3.11-linux-amd64-edited',
    });
  }
  expect(lines).toContain('with local edits: app/a.txt, app/new.txt');
  expect(fileIn(dest, 'a.txt')).toBe('edited');
  const { manifests } = JSON.parse(readFileSync(join(dest, 'index.json'), 'utf8')) as { manifests: object[] };
  expect(manifests).toHaveLength(1);
  expect(await shared()).toEqual(before);

  const foreign = join(out, 'foreign');
  await mkdir(foreign);
  writeFileSync(join(foreign, 'mine'), '');
  await expect(devImage({ dest: foreign }, context)).rejects.toMatchObject({ code: 'OptionInvalid' });
  expect(existsSync(join(foreign, 'mine'))).toBe(true);
});

it('says what to do where no engine runs, before anything is built', async () => {
  const environment = { ...context.environment, DOCKER_HOST: `unix://${join(out, 'nobody.sock')}` };
  await expect(devImage({}, { ...context, environment })).rejects.toMatchObject({
    code: 'BuilderUnfit',
    remedy: expect.stringContaining('--dest='),
  });
});
