/** Nodes reached over the network: real certificates, and hosts that refuse, hang or are not there. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { run } from '@nx-ci-cache/process';
import { freePort } from '@nx-ci-cache/process/src/testing/daemon';
import { startTlsNode, type Certificates, type TlsNode } from '../testing/tls-node';
import { buildxCommand, buildxWith, type Buildx } from './buildx';
import { builderDefinition, type BuilderDefinition } from './definition';
import { ensureBuilder } from './ensure';
import { observeBuilder } from './observe';

let node: TlsNode;
let buildx: Buildx;

beforeAll(async () => {
  node = await startTlsNode(process.env['CI_CACHE_BUILDX'] ?? '');
  buildx = buildxCommand({ ...process.env, BUILDX_CONFIG: join(node.folder, 'buildx') });
});
afterAll(() => node?.stop());

const machine = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64';
const at = (name: string, endpoint: string, certificates: Certificates): BuilderDefinition =>
  builderDefinition({ name, nodes: [{ platforms: [machine], endpoint, ...certificates }] });
const ensure = (definition: BuilderDefinition) =>
  ensureBuilder({
    ...{ buildx, definition, platforms: [machine], requireNative: true },
    ...{ emit: () => undefined, nodeTimeoutSeconds: 3 },
  });
const unfit = (name: string, endpoint: string) => ({
  code: 'BuilderUnfit',
  message: `node ${machine.replace('/', '-')} of builder ${name} for ${machine} is inactive at ${endpoint}`,
  remedy: expect.stringContaining('ca, cert and key'),
});

it('builds on a node that knows its clients by their certificates', async () => {
  const definition = at('known', node.endpoint, node.client);
  expect(await ensure(definition)).toMatchObject({ action: 'created' });
  const file = 'FROM scratch\nCOPY <<there /file\nhello\nthere\n';
  const [out, args] = [join(node.folder, 'out'), ['build', '--builder', 'known', '--platform', machine]];
  await run({ ...buildxWith(buildx, [...args, '--output', `type=local,dest=${out}`, '-']), input: file });
  expect((await run({ file: 'cat', args: [join(out, 'file')], env: {} })).stdout).toBe('hello\n');
  expect(await ensure(definition)).toMatchObject({ action: 'unchanged' });
});

it('is unfit with a certificate of another authority, and fit again with the right one', async () => {
  await expect(ensure(at('stranger', node.endpoint, node.stranger))).rejects.toMatchObject(
    unfit('stranger', node.endpoint),
  );
  expect(await ensure(at('stranger', node.endpoint, node.client))).toMatchObject({ action: 'recreated' });
});

it('is unfit when nobody is there', async () => {
  const endpoint = `tcp://127.0.0.1:${await freePort()}`;
  await expect(ensure(at('dead', endpoint, node.client))).rejects.toMatchObject(unfit('dead', endpoint));
});

it('is unfit when its host accepts and never answers, and no other builder waits for it', async () => {
  const silent = await startSilent();
  try {
    await expect(ensure(at('silent', silent.endpoint, node.client))).rejects.toMatchObject(
      unfit('silent', silent.endpoint),
    );
    expect(await ensure(at('known', node.endpoint, node.client))).toMatchObject({ action: 'unchanged' });
  } finally {
    silent.stop();
  }
});

it('is what it was described as, and never half of it, while its node is away', async () => {
  const endpoint = `tcp://127.0.0.1:${await freePort()}`;
  const definition = builderDefinition({
    name: 'half',
    nodes: [
      { platforms: [machine], endpoint: node.endpoint, ...node.client },
      { platforms: ['linux/s390x'], endpoint, ...node.client },
    ],
  });
  expect(await ensure(definition)).toMatchObject({ action: 'created' });
  const { nodes = [] } = (await observeBuilder({ buildx, definition, nodeTimeoutSeconds: 3 })) ?? {};
  expect(nodes.map(({ status, explicit }) => [status, explicit])).toEqual([
    ['running', [machine]],
    ['inactive', ['linux/s390x']],
  ]);
});

const startSilent = async (): Promise<{ readonly endpoint: string; readonly stop: () => void }> => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
};
