/** Nodes reached by ssh, as people have them: a real sshd, keys and known hosts, and a real daemon behind it. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from '@nx-ci-cache/process';
import { freePort, startDaemon } from '@nx-ci-cache/process/src/testing/daemon';
import { startSshd, type Sshd } from '@nx-ci-cache/process/src/testing/sshd';
import { sshClient } from '../testing/ssh-client';
import { startTlsNode, type TlsNode } from '../testing/tls-node';
import { buildxCommand, buildxWith, type Buildx } from './buildx';
import { builderDefinition, type BuilderDefinition } from './definition';
import { ensureBuilder } from './ensure';
import { observeBuilder } from './observe';

let node: TlsNode;
let sshd: Sshd;
let buildx: Buildx;

const as = (identity: string): Buildx => {
  const bin = sshClient(join(node.folder, identity.split('/').at(-1) ?? ''), sshd, identity);
  const PATH = `${bin}:${process.env['PATH'] ?? ''}`;
  return buildxCommand({ ...process.env, PATH, SSH_AUTH_SOCK: '', BUILDX_CONFIG: join(node.folder, 'buildx') });
};

beforeAll(async () => {
  const tools = dirname(process.env['CI_CACHE_BUILDX'] ?? '');
  node = await startTlsNode(process.env['CI_CACHE_BUILDX'] ?? '');
  const folder = join(node.folder, 'sshd');
  mkdirSync(folder);
  sshd = await startSshd(folder, { settings: [`SetEnv PATH=${tools}:/usr/bin:/bin`] });
  buildx = as(sshd.user);
});
afterAll(async () => {
  await sshd?.stop();
  await node?.stop();
});

const machine = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
const { username } = userInfo();
const endpointAt = (port: number) => `ssh://${username}@127.0.0.1:${port}${node.socket}`;
const at = (name: string, endpoint: string, driver?: string): BuilderDefinition =>
  builderDefinition({ name, nodes: [{ platforms: [machine], endpoint }], ...(driver && { driver }) });
const ensure = (definition: BuilderDefinition, by = buildx) =>
  ensureBuilder({
    ...{ buildx: by, definition, platforms: [machine], requireNative: true },
    ...{ emit: () => undefined, nodeTimeoutSeconds: 5 },
  });

it('builds on a BuildKit daemon of another host', async () => {
  const definition = at('far', endpointAt(sshd.port), 'remote');
  expect(await ensure(definition)).toMatchObject({ action: 'created' });
  const out = join(node.folder, 'out');
  const args = ['build', '--builder', 'far', '--platform', machine, '--output', `type=local,dest=${out}`, '-'];
  await run({ ...buildxWith(buildx, args), input: 'FROM scratch\nCOPY <<there /file\nhello\nthere\n' });
  expect(readFileSync(join(out, 'file'), 'utf8')).toBe('hello\n');
  expect(await ensure(definition)).toMatchObject({ action: 'unchanged' });
  rmSync(out, { recursive: true });
});

it('builds through a port of this machine that ssh forwards, where that is allowed', async () => {
  const port = await freePort();
  const where = ['-p', `${sshd.port}`, `${username}@127.0.0.1`];
  const args = ['-v', '-N', '-o', 'ExitOnForwardFailure=yes', '-L', `127.0.0.1:${port}:${node.socket}`, ...where];
  const end = await startDaemon(join(node.folder, 'user', 'bin', 'ssh'), args, 'Entering interactive session');
  const forwarded = { platforms: [machine], endpoint: `tcp://127.0.0.1:${port}`, allowInsecureLoopback: true };
  try {
    expect(await ensure(builderDefinition({ name: 'forwarded', nodes: [forwarded] }))).toMatchObject({
      action: 'created',
      builder: { driver: 'remote' },
    });
  } finally {
    await end();
  }
});

it.each([
  ['whose key it does not know', () => endpointAt(sshd.port), () => as(sshd.stranger)],
  ['when nobody listens', async () => endpointAt(await freePort()), () => buildx],
  ['with a socket that is not there', () => `${endpointAt(sshd.port)}.none`, () => buildx],
])('is unfit for somebody %s', async (_name, endpoint, by) => {
  const address = await endpoint();
  await expect(ensure(at('shut', address, 'remote'), by())).rejects.toMatchObject({
    code: 'BuilderUnfit',
    message: `node ${machine.replace('/', '-')} of builder shut for ${machine} is inactive at ${address}`,
    remedy: expect.stringContaining(
      `ssh ${address.replace(node.socket, '').replace('.none', '')} buildctl --addr unix://${node.socket}`,
    ),
  });
});

it('leaves no builder where Docker is asked for over ssh and nothing answers', async () => {
  const definition = at('engine', `ssh://${username}@127.0.0.1:${await freePort()}`);
  expect(definition.driver).toBe('docker-container');
  await expect(ensure(definition)).rejects.toMatchObject({
    code: 'BuilderUnfit',
    remedy: expect.stringMatching(/ssh .*docker version/),
  });
  expect(await observeBuilder({ buildx, definition, nodeTimeoutSeconds: 5 })).toBeUndefined();
});
