/** A whole refresh of two images of which one starts from the other, step by step as Nx runs it, with a real registry and node. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { registryClient, type RegistryClient } from '@nx-ci-cache/images';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { readJson, writeJson } from '@nx-ci-cache/process';
import { inWords, legsOf, recordPaths, type BranchFacts, type LegReasons, type PushRecord } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { refreshImages } from '../../executors/buildx-refresh/executor';
import type { StepContext } from '../context/context';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const paths = recordPaths('app');
let workspace: TestWorkspace;
let registry: RegistryClient;
let context: StepContext;
let host: string;
let constraints: string;
let runs = 0;

const configText = () => {
  const image = (name: string, base: unknown) => ({
    ...{ dockerfile: `${name}/Dockerfile`, context: name, bases: { BASE: base } },
    repository: `${host}/${name}`,
    cache: `${host}/${name}-cache:{platform}`,
  });
  return JSON.stringify({
    pythons: ['3.11'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    // What starts from another stands before it.
    images: { user: image('user', { image: 'ground' }), ground: image('ground', `${host}/base/python:3.11`) },
    builder: { nodes: [{ platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' }] },
  });
};

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: workspace.root, env: gitEnvironment, encoding: 'utf8' }).trim();

beforeAll(async () => {
  await up(stateDir, { parts: ['registry', 'amd64', 'bases'] });
  const environment = { ...process.env, ...stackEnv(stateDir) };
  host = environment['CI_CACHE_REGISTRY'] ?? '';
  registry = registryClient({ environment });
  workspace = testWorkspace();
  workspace.commit({ '.gitignore': 'dist\n', 'app/core.in': 'six\n', 'core-3.11.txt': 'six==1.17.0\n' });
  constraints = git('rev-parse', 'HEAD');
  git('branch', 'constraints-main');
  context = {
    ...{ workspaceRoot: workspace.root, projectName: 'app', taskName: 'app:buildx-refresh', paths, environment },
    ...{ config: parseConfig(configText(), 'app'), projects: {}, namedInputs: {}, byHand: false, say: () => undefined },
    ...{ switches: { dryRun: false, answer: true, force: false }, at: (path: string) => join(workspace.root, path) },
  } as unknown as StepContext;
});

afterAll(async () => {
  await down(stateDir, { purge: true });
  rmSync(workspace.root, { recursive: true, force: true });
});

/** A run from its push on. */
const refresh = async (ground: string): Promise<string> => {
  const { commit } = workspace.commit({
    'app/ground/Dockerfile': `ARG BASE\nFROM \${BASE}\nRUN ${ground}\n`,
    'app/user/Dockerfile': 'ARG BASE\nFROM ${BASE}\nRUN cat /ground.txt > /user.txt\n',
    'app/run.txt': String((runs += 1)),
  });
  const run = `run-${runs}`;
  const branch: BranchFacts = {
    ...{ run, startedAt: new Date().toISOString(), sourceBranch: 'main', imageBranch: 'main', sourceCommit: commit },
    ...{ branch: 'constraints-main', remote: workspace.root, tip: constraints, cutoff: '2026-01-01T00:00:00Z' },
  };
  const push: PushRecord = {
    ...{ run, result: 'pushed', branch: branch.branch, remote: branch.remote },
    ...{ oldCommit: null, newCommit: constraints, attempts: 1, files: [], reasons: [] },
  };
  await writeJson(context.at(paths.branch), branch);
  await writeJson(context.at(paths.push), push);
  await refreshImages(legsOf(context.config), context);
  return commit;
};

const legs = () => Object.fromEntries(legsOf(context.config).map((leg) => [leg.image, leg])) as Record<string, never>;

const record = async (image: string) =>
  (await readJson<Record<string, unknown>>(context.at(paths.leg(legs()[image]!))))!;

const reasons = async (image: string) =>
  inWords((await readJson<LegReasons>(context.at(paths.reasons(legs()[image]!))))?.reasons ?? []);

const digestAt = async (reference: string) => (await registry.getManifest(`${host}/${reference}`))?.digest;

const layersOf = async (image: string) => {
  const { digest } = await record(image);
  const manifest = await registry.getManifest(`${host}/${image}@${String(digest)}`);
  return (manifest?.body as { layers: { digest: string }[] }).layers.map((layer) => layer.digest);
};

const expectOnTop = async () => {
  const [lower, upper] = [await layersOf('ground'), await layersOf('user')];
  expect(upper.slice(0, lower.length)).toEqual(lower);
};

it('is made in the first run, goes with its base in one run, and stays as it is when that fails', async () => {
  const first = await refresh('echo one > /ground.txt');
  expect([await record('ground'), await record('user')]).toMatchObject([{ result: 'built' }, { result: 'built' }]);
  await expectOnTop();
  const fixed = await Promise.all([digestAt(`ground:${first}`), digestAt(`user:${first}`)]);
  expect(fixed.every((digest) => digest !== undefined)).toBe(true);

  await refresh('echo one > /ground.txt');
  expect([await reasons('ground'), await reasons('user')]).toEqual([[], []]);

  await refresh('echo two > /ground.txt');
  expect(await reasons('user')).toEqual([
    expect.stringMatching(/^base image BASE moved: leg:ground-3\.11-linux-amd64@/),
  ]);
  expect([await record('ground'), await record('user')]).toMatchObject([{ result: 'built' }, { result: 'built' }]);
  await expectOnTop();
  expect(await Promise.all([digestAt(`ground:${first}`), digestAt(`user:${first}`)])).toEqual(fixed);

  const tags = ['user:leg--user-3.11-linux-amd64', 'user:latest', 'user-cache:linux-amd64', 'ground:latest'];
  const before = await Promise.all(tags.map(digestAt));
  expect(before.every((digest) => digest !== undefined)).toBe(true);
  await expect(refresh('false')).rejects.toThrow('user-3.11-linux-amd64 is not built, because its base');
  expect([await record('ground'), await record('user')]).toMatchObject([
    { result: 'failed', error: expect.stringContaining('RUN false') },
    { result: 'failed', error: expect.stringContaining('its base ground-3.11-linux-amd64 is not there') },
  ]);
  expect(await Promise.all(tags.map(digestAt))).toEqual(before);
});
