/** Two hundred legs with one context, planned against a real repository and a real registry: how often each is asked. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { faultyRegistry, type FaultyRegistry } from '@nx-ci-cache/images/src/testing/faulty-registry';
import { down, stackEnv, up } from '@nx-ci-cache/images/src/testing/stack';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { writeJson } from '@nx-ci-cache/process';
import { recordPaths, type BranchFacts } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { legSpecs } from '../context/leg-specs';
import { legOrder } from './leg-order';
import { planLegs } from './plan-leg';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const path = process.env['PATH'];
const legs = 200;
let registry: FaultyRegistry;
let workspace: TestWorkspace;
let context: StepContext;
let branch: BranchFacts;
let log: string;

const image = (name: string) => ({
  ...{ dockerfile: 'Dockerfile', context: '.', tags: ['{commit}'], bases: { BASE: 'registry.example.com/base:1' } },
  repository: `${registry.host}/acme/${name}-python{python}`,
  cache: `${registry.host}/acme/cache/${name}-python{python}:{platform}`,
});

beforeAll(async () => {
  await up(stateDir, { parts: ['registry'] });
  registry = await faultyRegistry(stackEnv(stateDir)['CI_CACHE_REGISTRY'] ?? '');
  workspace = testWorkspace();
  const config = {
    pythons: Array.from({ length: 10 }, (_, minor) => `3.${8 + minor}`),
    platforms: ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
    constraints: { modes: { constraints: { requirements: ['all.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, image(name)])),
  };
  const { commit } = workspace.commit({
    'app/ci-cache.json': JSON.stringify(config),
    'app/Dockerfile': 'ARG BASE\nFROM ${BASE}\nCOPY . .\n',
    'app/.dockerignore': 'ci-cache.json\n',
    '.gitignore': 'dist\n.tools\n',
  });
  const tools = join(workspace.root, '.tools');
  log = join(tools, 'log');
  mkdirSync(tools);
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(tools, 'git'), `#!/bin/sh\necho "$*" >>'${log}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
  process.env['PATH'] = `${tools}${delimiter}${path}`;
  const paths = recordPaths('app');
  const at = (file: string) => join(workspace.root, file);
  await writeJson(at(paths.bases), { 'registry.example.com/base:1': `sha256:${'b'.repeat(64)}` });
  branch = { sourceCommit: commit, imageBranch: 'main', run: 'r' } as BranchFacts;
  context = {
    ...{ workspaceRoot: workspace.root, projectName: 'app', paths, at, switches: {}, environment: process.env },
    config: parseConfig(JSON.stringify(config), 'app'),
  } as unknown as StepContext;
});
beforeEach(() => {
  writeFileSync(log, '');
  registry.asked.length = 0;
});
afterAll(async () => {
  process.env['PATH'] = path;
  registry.stop();
  await down(stateDir, { purge: true });
  rmSync(workspace.root, { recursive: true, force: true });
});

const plan = () =>
  planLegs({
    ...{ specs: legSpecs(context, branch), branch, permission: { denied: 'only looking' }, context },
    order: legOrder(branch, null, context),
  });
const gits = () => readFileSync(log, 'utf8').split('\n').filter(Boolean);

it('reads the context once for all of them, and asks the registry once for each', async () => {
  const planned = await plan();
  expect(planned).toHaveLength(legs);
  expect(new Set(planned.map(({ inputs }) => inputs.context)).size).toBe(1);
  expect(planned.every(({ reasons }) => reasons[0]?.startsWith('no leg tag yet'))).toBe(true);
  expect(gits().length).toBeLessThanOrEqual(8);
  expect(registry.asked).toHaveLength(legs);
  expect(new Set(registry.asked).size).toBe(legs);
});

it('refuses local edits for all of them by one look', async () => {
  workspace.write({ 'app/new.txt': 'not committed' });
  await expect(plan()).rejects.toMatchObject({ code: 'OptionInvalid', data: { paths: ['app/new.txt'] } });
  expect(gits().length).toBeLessThanOrEqual(8);
  rmSync(join(workspace.root, 'app/new.txt'));
});

it('starts no further leg after the first failure', async () => {
  registry.fail({ method: 'GET', path: /./, answer: 403 });
  await expect(plan()).rejects.toMatchObject({ code: 'RegistryFailed' });
  expect(registry.asked.length).toBeLessThan(legs / 2);
  registry.fail();
});
