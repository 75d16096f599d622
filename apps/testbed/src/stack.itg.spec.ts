/** A whole stack in a folder of its own, beside any other: real registry, real builders, real processes. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment, run } from '@nx-ci-cache/process';
import { down, stackEnv, startNode, status, stopNode, up } from './index';
import { layoutOf } from './layout';
import { killProcesses } from './process/end';
import { isRunning, type ProcessIdentity } from './process/identity';
import { mountsBelow } from './process/mounts';
import { orphansOf } from './process/orphans';
import { waitUntil } from './process/wait';
import { readState, writeState, type StackState } from './state';

const folders = [
  join(mkdtempSync(join(tmpdir(), 'ci-cache-stack-')), 'first'),
  join(mkdtempSync(join(tmpdir(), 'ci-cache-stack-')), 'second'),
] as const;
const [first, second] = folders;

/** The first stack of a machine makes the base images. */
beforeAll(() => up(first));

afterAll(async () => {
  for (const folder of folders) {
    await down(folder, { purge: true });
    rmSync(join(folder, '..'), { recursive: true, force: true });
  }
});

const daemonsOf = async (folder: string) => (await readState(layoutOf(folder)))?.daemons ?? {};
/** Returns when it is gone: until then it counts as running, and `up` would leave it alone. */
const kill = async (daemon: ProcessIdentity | undefined) => {
  expect(daemon).toBeDefined();
  await killProcesses([daemon as ProcessIdentity]);
};
const upParts = async (folder: string) => (await status(folder)).filter((part) => part.up).map(({ part }) => part);
const buildx = (folder: string, ...args: string[]) => {
  const env = stackEnv(folder);
  return run({ file: String(env['CI_CACHE_BUILDX']), args, env: childEnvironment(env) }, { timeoutMs: 60_000 });
};

describe('a stack that is up', () => {
  it('answers in every part', async () => {
    expect(await upParts(first)).toEqual(['registry', 'amd64', 'arm64', 'remote', 'bases']);
  });

  it('names what exists', async () => {
    const env = stackEnv(first);
    expect(Object.keys(env)).toEqual([
      'CI_CACHE_REGISTRY',
      'CI_CACHE_REMOTE',
      'CI_CACHE_BUILDKIT_AMD64',
      'CI_CACHE_BUILDKIT_ARM64',
      'CI_CACHE_BUILDX',
      'CI_CACHE_UV',
      'BUILDX_CONFIG',
      'CI_CACHE_ANSWER',
    ]);
    expect((await fetch(`http://${env['CI_CACHE_REGISTRY']}/v2/`)).status).toBe(200);
    expect(existsSync(String(env['CI_CACHE_UV']))).toBe(true);
    expect(existsSync(String(env['CI_CACHE_BUILDX']))).toBe(true);
  });

  it.each(['3.11', '3.13'])('holds base/python:%s for exactly the two platforms', async (python) => {
    const url = `http://${stackEnv(first)['CI_CACHE_REGISTRY']}/v2/base/python/manifests/${python}`;
    const answer = await fetch(url, { headers: { accept: 'application/vnd.oci.image.index.v1+json' } });
    const { manifests } = (await answer.json()) as { manifests: { platform: { os: string; architecture: string } }[] };
    expect(manifests.map(({ platform }) => `${platform.os}/${platform.architecture}`)).toEqual([
      'linux/amd64',
      'linux/arm64',
    ]);
  });

  it('has a remote on main', async () => {
    const { stdout } = await run({
      file: 'git',
      args: ['ls-remote', '--symref', String(stackEnv(first)['CI_CACHE_REMOTE'])],
      env: childEnvironment(),
    });
    expect(stdout).toBe('');
    expect(await readFile(join(layoutOf(first).remote, 'HEAD'), 'utf8')).toBe('ref: refs/heads/main\n');
  });

  it('runs Python and uv of each platform on that platform’s node', async () => {
    const env = stackEnv(first);
    for (const [node, endpoint] of [
      ['amd64', env['CI_CACHE_BUILDKIT_AMD64']],
      ['arm64', env['CI_CACHE_BUILDKIT_ARM64']],
    ] as const) {
      const append = node === 'arm64' ? ['--append'] : [];
      await buildx(
        first,
        'create',
        '--name',
        'both',
        '--driver',
        'remote',
        ...append,
        '--node',
        node,
        '--platform',
        `linux/${node}`,
        String(endpoint),
      );
    }
    const { stdout } = await buildx(first, 'ls', '--format', 'json');
    const builder = stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .find(({ Name }) => Name === 'both');
    expect(builder.Nodes.map((node: Node) => [node.Name, node.Status, node.Platforms[0]])).toEqual([
      ['amd64', 'running', 'linux/amd64'],
      ['arm64', 'running', 'linux/arm64'],
    ]);

    const dockerfile = [
      `FROM ${env['CI_CACHE_REGISTRY']}/base/python:3.13`,
      `RUN python3 -c "import ssl, sqlite3, venv, platform; print('ran', platform.machine(), platform.python_version())" && uv --version`,
    ].join('\n');
    const context = mkdtempSync(join(tmpdir(), 'ci-cache-context-'));
    const args = [
      'build',
      '--builder',
      'both',
      '--platform',
      'linux/amd64,linux/arm64',
      '--progress',
      'plain',
      '--file',
      '-',
      context,
    ];
    const { stderr } = await run({
      file: String(env['CI_CACHE_BUILDX']),
      args,
      env: childEnvironment(env),
      input: dockerfile,
    });
    rmSync(context, { recursive: true });
    expect(stderr).toMatch(/ran x86_64 3\.13/);
    expect(stderr).toMatch(/ran aarch64 3\.13/);
    expect(stderr.match(/\] uv |\d uv 0\./g)?.length).toBe(2);
  });
});

interface Node {
  readonly Name: string;
  readonly Status: string;
  readonly Platforms: readonly string[];
}

describe('a stack’s life', () => {
  it('is not disturbed by a second up', async () => {
    const before = await daemonsOf(first);
    await up(first);
    expect(await daemonsOf(first)).toEqual(before);
  });

  it('loses one node and gets it back on the same socket', async () => {
    const endpoint = stackEnv(first)['CI_CACHE_BUILDKIT_ARM64'];
    await stopNode(first, 'arm64');
    expect(await upParts(first)).toEqual(['registry', 'amd64', 'remote', 'bases']);
    await startNode(first, 'arm64');
    expect(await upParts(first)).toContain('arm64');
    expect(stackEnv(first)['CI_CACHE_BUILDKIT_ARM64']).toBe(endpoint);
  });

  it('leaves nothing of a node that was killed in the middle of a build', async () => {
    const { CI_CACHE_REGISTRY, CI_CACHE_BUILDKIT_AMD64 } = stackEnv(first);
    const data = layoutOf(first).data('amd64');
    const context = mkdtempSync(join(tmpdir(), 'ci-cache-context-'));
    const dockerfile = `FROM ${CI_CACHE_REGISTRY}/base/python:3.13\nRUN sleep 600`;
    await buildx(first, 'create', '--name', 'one', '--driver', 'remote', String(CI_CACHE_BUILDKIT_AMD64));
    const env = stackEnv(first);
    const args = ['build', '--builder', 'one', '--file', '-', context];
    const build = run({ file: String(env['CI_CACHE_BUILDX']), args, env: childEnvironment(env), input: dockerfile });
    const failed = expect(build).rejects.toThrow();
    expect(await waitUntil(async () => (await orphansOf(data)).length > 0, 30_000)).toBe(true);

    await kill((await daemonsOf(first)).amd64);
    await failed;
    rmSync(context, { recursive: true });
    await startNode(first, 'amd64');
    expect(await orphansOf(data)).toEqual([]);
    expect(
      mountsBelow(await readFile('/proc/self/mountinfo', 'utf8'), join(data, 'runc-overlayfs', 'executor')),
    ).toEqual([]);
    expect(await upParts(first)).toHaveLength(5);
  });

  it('heals a daemon that was killed', async () => {
    const before = await daemonsOf(first);
    await kill(before.registry);
    await up(first);
    expect((await daemonsOf(first)).amd64).toEqual(before.amd64);
    expect(await upParts(first)).toHaveLength(5);
  });

  it('shares nothing with a stack beside it', async () => {
    await up(second);
    expect(stackEnv(second)['CI_CACHE_REGISTRY']).not.toBe(stackEnv(first)['CI_CACHE_REGISTRY']);
    const [mine, others] = [await daemonsOf(second), await daemonsOf(first)];
    await down(second);
    for (const daemon of Object.values(mine)) expect(await isRunning(daemon)).toBe(false);
    for (const daemon of Object.values(others)) expect(await isRunning(daemon)).toBe(true);
  });

  it('goes down and comes up again with what it held, at the same addresses', async () => {
    const [env, before] = [stackEnv(first), await daemonsOf(first)];
    await down(first);
    for (const daemon of Object.values(before)) expect(await isRunning(daemon)).toBe(false);
    expect(await upParts(first)).toEqual(['remote']);
    await up(first);
    expect(stackEnv(first)).toEqual(env);
    expect(await upParts(first)).toHaveLength(5);
  });

  it('never ends a process that only has a remembered pid', async () => {
    const layout = layoutOf(second);
    const state = (await readState(layout)) as StackState;
    await writeState(layout, { ...state, daemons: { registry: { pid: process.pid, started: 'another boot/1' } } });
    await down(second);
    expect((await readState(layout))?.daemons).toEqual({});
  });
});
