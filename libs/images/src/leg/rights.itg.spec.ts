/** Steps that want keys of an agent or rights of the node get them by the options of their image, and by nothing else. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startDaemon } from '@nx-ci-cache/process/src/testing/daemon';
import type { LegSpec } from '@nx-ci-cache/config';
import { run } from '@nx-ci-cache/process';
import { buildxCommand, buildxWith } from '../builder/buildx';
import { testSpec } from '../testing/leg';
import { commonArguments } from './arguments';

const folder = mkdtempSync(join(tmpdir(), 'ci-cache-rights-'));
const agentSocket = join(folder, 'agent.sock');
const buildx = buildxCommand({ ...process.env, BUILDX_CONFIG: join(folder, 'buildx'), SSH_AUTH_SOCK: agentSocket });
let ends: (() => Promise<void>)[] = [];

const rights = ['security.insecure', 'network.host'] as const;

beforeAll(async () => {
  const socket = join(folder, 'buildkitd.sock');
  const config = join(folder, 'buildkitd.toml');
  writeFileSync(
    config,
    [
      `root = ${JSON.stringify(join(folder, 'root'))}`,
      `insecure-entitlements = ${JSON.stringify(rights)}`,
      `[otel]\nsocketPath = ${JSON.stringify(join(folder, 'otel.sock'))}`,
      '[worker.containerd]\nenabled = false\n',
    ].join('\n'),
  );
  const endpoint = `unix://${socket}`;
  const daemon = join(dirname(buildx.file), 'buildkitd');
  ends.push(await startDaemon(daemon, ['--config', config, '--addr', endpoint], 'running server on'));
  execFileSync(buildx.file, ['create', '--name', 'rights', '--driver', 'remote', endpoint], { env: buildx.env });
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')]);
});
afterAll(async () => {
  for (const end of ends) await end();
  ends = [];
  rmSync(folder, { recursive: true, force: true });
});

/** `ssh-add` of this machine and what it is linked with: a root of its own, made without a registry. */
const programFiles = (): readonly string[] => {
  const linked = execFileSync('ldd', ['/usr/bin/ssh-add'], { encoding: 'utf8' });
  return ['/usr/bin/ssh-add', ...(linked.match(/\/\S+/g) ?? [])];
};

const contextWith = (dockerfile: string): string => {
  const context = mkdtempSync(join(folder, 'context-'));
  for (const path of programFiles()) cpSync(path, join(context, 'root', path), { dereference: true });
  writeFileSync(join(context, 'Dockerfile'), dockerfile);
  return context;
};

/** Whether the build comes to its end, or what it says. */
const build = async (step: string, options: Partial<LegSpec> = {}) => {
  const context = contextWith(`FROM scratch\nCOPY root /\n${step}\n`);
  const spec = testSpec({ bases: {}, ...options });
  const staged = { context, constraints: context, contexts: {}, dockerfile: join(context, 'Dockerfile') };
  const images = { bases: {}, contexts: {} };
  const place = { builder: 'rights', staged, images, metadataFile: join(context, 'metadata.json') };
  const args = [...commonArguments(spec, place), '--output', 'type=cacheonly', context];
  return run(buildxWith(buildx, args)).then(
    () => 'built',
    (error: Error) => error.message,
  );
};

const listKeys = 'RUN --mount=type=ssh ["/usr/bin/ssh-add", "-l"]';

it('hands a key over as an agent that has it, and nothing without the option', async () => {
  // In this order: what once succeeded is cached, keys or not.
  expect(await build(listKeys)).not.toBe('built');
  expect(await build(listKeys, { ssh: { default: join(folder, 'key') } })).toBe('built');
});

it('hands the agent of the environment over', async () => {
  const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(agent, 'exit');
  await once(agent.stdout, 'data');
  execFileSync('ssh-add', ['-q', join(folder, 'key')], { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });
  expect(await build(listKeys.replace('ssh ', 'ssh,required '), { ssh: { default: '' } })).toBe('built');
  expect(await build(listKeys.replace('ssh ', 'ssh,id=deploy '), { ssh: { deploy: agentSocket } })).toBe('built');
  agent.kill();
  await ended;
});

it.each([
  ['security.insecure', '--security=insecure'],
  ['network.host', '--network=host'],
])('grants %s to a step only where the image allows it', async (right, flag) => {
  const step = `RUN ${flag} ["${programFiles().find((path) => path.includes('ld-'))}", "--version"]`;
  expect(await build(step)).toContain(right);
  expect(await build(step, { allow: [right] })).toBe('built');
});
