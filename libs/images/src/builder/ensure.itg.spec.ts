/** Several processes and one builder: real buildx, real nodes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { buildxCommand } from './buildx';
import { builderDefinition, type BuilderDefinition } from './definition';
import { ensureBuilder } from './ensure';
import { observeBuilder } from './observe';

let stack: string;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  stack = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
  await up(stack, { parts: ['amd64', 'arm64'] });
  environment = { ...process.env, ...stackEnv(stack) };
});
afterAll(() => down(stack, { purge: true }));

const node = (name: 'amd64' | 'arm64') => ({
  platforms: [`linux/${name}`],
  endpoint: environment[`CI_CACHE_BUILDKIT_${name.toUpperCase()}`] ?? '',
});
const both = (name: string) => builderDefinition({ name, nodes: [node('amd64'), node('arm64')] });
const one = (name: string) => builderDefinition({ name, nodes: [node('amd64')] });
const ensure = (definition: BuilderDefinition) =>
  ensureBuilder({ buildx: buildxCommand(environment), definition, platforms: ['linux/amd64'], emit: () => undefined });
const namesOf = async (definition: BuilderDefinition) =>
  (await observeBuilder({ buildx: buildxCommand(environment), definition }))?.nodes.map(({ name }) => name);

/** What `ensureBuilder` does in a process of its own, in one word. */
const inProcess = async (definition: BuilderDefinition): Promise<string> => {
  const script = [
    `const { ensureBuilder } = require(${JSON.stringify(join(__dirname, 'ensure.ts'))});`,
    `const { buildxCommand } = require(${JSON.stringify(join(__dirname, 'buildx.ts'))});`,
    `const definition = ${JSON.stringify(definition)};`,
    `ensureBuilder({ buildx: buildxCommand(), definition, platforms: ['linux/amd64'], emit: () => undefined })`,
    `  .then(({ action }) => console.log(action), (error) => console.log(String(error)));`,
  ].join('\n');
  const args = ['--require', '@swc-node/register', '--eval', script];
  const { stdout } = await execa(process.execPath, args, { cwd: join(__dirname, '../../../..'), env: environment });
  return stdout;
};

it('is created once by four processes at once', async () => {
  const definition = both('together');
  const actions = await Promise.all([1, 2, 3, 4].map(() => inProcess(definition)));
  expect(actions.sort()).toEqual(['created', 'unchanged', 'unchanged', 'unchanged']);
  expect(await namesOf(definition)).toEqual(['linux-amd64', 'linux-arm64']);
});

it('is one of two definitions of its name and never half of each', async () => {
  const definitions = [both('rivals'), one('rivals'), both('rivals'), one('rivals')];
  const actions = await Promise.all(definitions.map(inProcess));
  for (const action of actions) expect(action).toMatch(/^(created|recreated|unchanged)$/);
  expect(actions.filter((action) => action === 'created')).toHaveLength(1);
  expect([['linux-amd64', 'linux-arm64'], ['linux-amd64']]).toContainEqual(await namesOf(one('rivals')));
});

it('is not made anew while somebody builds on it', async () => {
  await ensure(one('used'));
  const build = await startBuild('used');
  try {
    await expect(ensure(both('used'))).rejects.toMatchObject({
      code: 'BuilderUnfit',
      message: 'builder used is not as ci-cache.json describes it, and a build runs on it',
    });
    expect(await namesOf(one('used'))).toEqual(['linux-amd64']);
  } finally {
    await build.end();
  }
  await expect(ensure(both('used'))).resolves.toMatchObject({ action: 'recreated' });
});

/** A build that has begun and waits for a file. */
const startBuild = async (builder: string): Promise<{ end: () => Promise<void> }> => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-cache-build-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(folder, 'Dockerfile'), `FROM scratch\nADD http://127.0.0.1:${port}/file /file\n`);
  const { file, args, env } = buildxCommand(environment);
  const build: ChildProcess = spawn(file, [...args, 'build', '--builder', builder, folder], { env, stdio: 'ignore' });
  await once(server, 'request');
  return {
    end: async () => {
      build.kill('SIGTERM');
      await once(build, 'exit');
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
};
