/** A node on another host, by ssh and by certificates, while the cable between the two is slow, cut and mended. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { startSshd, type Sshd } from '@nx-ci-cache/process/src/testing/sshd';
import { executeBuild } from '../leg/execute';
import { canMakeHosts, makeHost, type FarHost } from '../testing/far-host';
import { sshClient } from '../testing/ssh-client';
import { startTlsNode, type TlsNode } from '../testing/tls-node';
import { isAway } from './away';
import { buildxCommand, buildxWith, type Buildx } from './buildx';
import { builderDefinition, type BuilderDefinition } from './definition';
import { ensureBuilder } from './ensure';
import { nodeOf } from './metadata';

const tool = process.env['CI_CACHE_BUILDX'] ?? '';
const [machine, foreign] =
  process.arch === 'arm64' ? (['linux/arm64', 'linux/amd64'] as const) : (['linux/amd64', 'linux/arm64'] as const);

let host: FarHost;
let far: TlsNode;
let near: TlsNode;
let sshd: Sshd;
let buildx: Buildx;
let files: Server;
/** By the path that was asked for. */
let waiting: Map<string, ServerResponse>;

/** Only a privileged account makes hosts; where it may not, this is shown as skipped. */
const onTwoHosts = canMakeHosts() ? describe : describe.skip;

onTwoHosts('a node on another host', () => {
  beforeAll(async () => {
    host = makeHost();
    far = await startTlsNode(tool, { address: host.far, under: host.under });
    near = await startTlsNode(tool);
    const folder = join(far.folder, 'sshd');
    mkdirSync(folder);
    const settings = [`SetEnv PATH=${dirname(tool)}:/usr/bin:/bin`];
    sshd = await startSshd(folder, { address: host.far, under: host.under, settings });
    const PATH = `${sshClient(join(far.folder, 'ssh'), sshd, sshd.user)}:${process.env['PATH'] ?? ''}`;
    buildx = buildxCommand({ ...process.env, PATH, SSH_AUTH_SOCK: '', BUILDX_CONFIG: join(far.folder, 'buildx') });
    waiting = new Map();
    files = createServer(({ url = '' }, response) => void waiting.set(url, response)).listen(0, host.near);
    await once(files, 'listening');
  });
  afterAll(async () => {
    files?.closeAllConnections();
    files?.close();
    await sshd?.stop();
    await far?.stop();
    await near?.stop();
    host?.remove();
  });

  // The near node could emulate all that is asked of the far one.
  const ways: readonly [string, () => BuilderDefinition][] = [
    [
      'ssh',
      () => {
        const endpoint = `ssh://${userInfo().username}@${host.far}:${sshd.port}${far.socket}`;
        const here = { platforms: [machine], endpoint: `unix://${near.socket}` };
        return builderDefinition({ name: 'ssh', driver: 'remote', nodes: [here, { platforms: [foreign], endpoint }] });
      },
    ],
    [
      'certificates',
      () =>
        builderDefinition({
          name: 'tls',
          nodes: [
            { platforms: [machine], endpoint: `unix://${near.socket}` },
            { platforms: [foreign], endpoint: far.endpoint, ...far.client },
          ],
        }),
    ],
  ];
  const ensure = (definition: BuilderDefinition) =>
    ensureBuilder({ buildx, definition, platforms: [foreign], emit: () => undefined, nodeTimeoutSeconds: 5 });
  const there = foreign.replace('/', '-');

  /** A build of one quick step and a file that comes when it is told to. */
  const build = async ({ name }: BuilderDefinition, path: string, quietMs: number) => {
    const folder = mkdtempSync(join(far.folder, 'context-'));
    const { port } = files.address() as AddressInfo;
    const url = `http://${host.near}:${port}${path}`;
    writeFileSync(join(folder, 'Dockerfile'), `FROM scratch\nWORKDIR /quick\nADD ${url} /file\n`);
    const metadataFile = join(folder, 'metadata.json');
    const args = ['build', '--builder', name, '--platform', foreign, '--progress', 'rawjson'];
    const command = buildxWith(buildx, [
      ...[...args, '--output', 'type=cacheonly', '--metadata-file', metadataFile, folder],
    ]);
    const limits = { quietMs, timeoutMs: 120_000 };
    const gone = () => isAway(buildx, name, foreign);
    return executeBuild({ command, metadataFile, leg: name, emit: () => undefined, limits, isAway: gone }).finally(() =>
      rmSync(folder, { recursive: true }),
    );
  };
  const requested = async (path: string): Promise<ServerResponse> => {
    for (;;) {
      const response = waiting.get(path);
      if (response !== undefined) return response;
      await once(files, 'request');
    }
  };

  it.each(ways)(
    'by %s builds over a slow cable, is missed when it is cut, and builds on when it is mended',
    async (_way, describe) => {
      const definition = describe();
      host.slow();
      await ensure(definition);
      const cut = build(definition, `/${definition.name}/cut`, 3_000);
      const ended = expect(cut).rejects.toMatchObject({
        code: 'BuilderUnfit',
        data: { class: 'node', transient: false },
      });
      await requested(`/${definition.name}/cut`);
      host.cut();
      await ended;
      await expect(ensure(definition)).rejects.toMatchObject({
        code: 'BuilderUnfit',
        message: expect.stringContaining(`node ${there} of builder ${definition.name} for ${foreign} is inactive`),
      });
      host.mend();
      await ensure(definition);
      const again = build(definition, `/${definition.name}/mended`, 60_000);
      (await requested(`/${definition.name}/mended`)).end('hello\n');
      expect(nodeOf((await again).metadata)).toBe(there);
    },
  );

  it('that loses its power under a build is missed, and fit again when it is back', async () => {
    const definition = ways[1]?.[1]() as BuilderDefinition;
    await ensure(definition);
    const lost = build(definition, '/lost', 60_000);
    const ended = expect(lost).rejects.toMatchObject({ code: 'BuilderUnfit', data: { class: 'node' } });
    await requested('/lost');
    await far.restart();
    await ended;
    expect(await ensure(definition)).toMatchObject({ action: 'unchanged' });
  });
});
