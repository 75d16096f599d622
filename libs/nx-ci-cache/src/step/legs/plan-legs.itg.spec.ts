/** Two hundred legs with one context, planned against a real repository and a real registry: how often each is asked. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { faultyRegistry, type FaultyRegistry } from '@nx-ci-cache/images/src/testing/faulty-registry';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { makeManyLegs, manyLegs, type ManyLegs } from '../../testing/many-legs';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const path = process.env['PATH'];
let registry: FaultyRegistry;
let legs: ManyLegs;
let log: string;

beforeAll(async () => {
  await up(stateDir, { parts: ['registry'] });
  registry = await faultyRegistry(stackEnv(stateDir)['CI_CACHE_REGISTRY'] ?? '');
  legs = await makeManyLegs(registry.host);
  const tools = join(legs.workspace.root, '.tools');
  log = join(tools, 'log');
  mkdirSync(tools);
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(tools, 'git'), `#!/bin/sh\necho "$*" >>'${log}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
  process.env['PATH'] = `${tools}${delimiter}${path}`;
});
beforeEach(() => {
  writeFileSync(log, '');
  registry.asked.length = 0;
});
afterAll(async () => {
  process.env['PATH'] = path;
  registry.stop();
  await down(stateDir, { purge: true });
  rmSync(legs.workspace.root, { recursive: true, force: true });
});

const gits = () => readFileSync(log, 'utf8').split('\n').filter(Boolean);

it('reads the context once for all of them, and asks the registry once for each', async () => {
  const planned = await legs.plan();
  expect(planned).toHaveLength(manyLegs);
  expect(new Set(planned.map(({ inputs }) => inputs.context)).size).toBe(1);
  expect(planned.every(({ reasons }) => reasons[0]?.kind === 'first')).toBe(true);
  expect(gits().length).toBeLessThan(manyLegs / 10);
  expect(registry.asked).toHaveLength(manyLegs);
  expect(new Set(registry.asked).size).toBe(manyLegs);
});

it('knows a leg that is a base by its inputs in the same look', async () => {
  const planned = await legs.plan();
  const digests = new Map(planned.map(({ spec, plan }) => [spec.name, plan.inputDigest]));
  const users = planned.filter(({ spec }) => spec.image === 'a');
  expect(users).toHaveLength(manyLegs / 5);
  for (const { spec, inputs } of users) {
    const base = spec.name.replace(/^a/, 'e');
    expect(inputs.bases).toEqual({ BASE: `leg:${base}@${digests.get(base)}` });
  }
});

it('refuses local edits for all of them by one look', async () => {
  legs.workspace.write({ 'app/new.txt': 'not committed' });
  await expect(legs.plan()).rejects.toMatchObject({ code: 'OptionInvalid', data: { paths: ['app/new.txt'] } });
  expect(gits().length).toBeLessThan(manyLegs / 10);
  rmSync(join(legs.workspace.root, 'app/new.txt'));
});

it('starts no further leg after the first failure', async () => {
  registry.fail({ method: 'GET', path: /./, answer: 500 });
  await expect(legs.plan()).rejects.toMatchObject({ code: 'RegistryFailed' });
  expect(registry.asked.length).toBeLessThan(manyLegs / 2);
  registry.fail();
});
