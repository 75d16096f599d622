/** Kills a run at each request by which the image half changes the registry: what is there is whole, and the next run ends it. */
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stackEnv } from '@nx-ci-cache/testbed';
import { processesOf } from '@nx-ci-cache/process/src/testing/processes';
import { drawn, paired } from '@nx-ci-cache/process/src/testing/sample';
import { holdingRegistry, type Hold, type HoldingRegistry } from './support/holding-registry';
import { dockerfileRunning, oneLegProject, onlyLeg } from './support/one-leg';
import { isRunning, treeOf, until } from './support/processes';
import type { LegRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { e2eStack, Workspace } from './support/workspace';

const image = /python3\.13\/manifests\/sha256:/;
const cache = /cache\/ci-python3\.13\/manifests\/linux-amd64/;
const legTag = /python3\.13\/manifests\/leg--/;
const commitTag = /python3\.13\/manifests\/[0-9a-f]{40}$/;
const latest = /python3\.13\/manifests\/latest$/;

/** Each request that decides, and what the report of the next run then says of the leg: only what was not recorded is built. */
const moments: readonly (Hold & { readonly at: string; readonly next: 'done' | 'unchanged' })[] = [
  { at: 'plan-refresh reads the leg tag', method: 'GET', path: legTag, when: 'before', next: 'done' },
  { at: 'buildx pushes the image', method: 'PUT', path: image, when: 'before', next: 'done' },
  { at: 'buildx has pushed the image', method: 'PUT', path: image, when: 'after', next: 'done' },
  { at: 'buildx pushes the cache', method: 'PUT', path: cache, when: 'before', next: 'done' },
  { at: 'buildx has pushed the cache', method: 'PUT', path: cache, when: 'after', next: 'done' },
  { at: 'the leg is recorded', method: 'PUT', path: legTag, when: 'before', next: 'done' },
  { at: 'the leg has been recorded', method: 'PUT', path: legTag, when: 'after', next: 'unchanged' },
  { at: 'the fixed tag has been written', method: 'PUT', path: commitTag, when: 'after', next: 'unchanged' },
  { at: 'the moving tag is written', method: 'PUT', path: latest, when: 'before', next: 'unchanged' },
];

const executorOf = (nx: number, home: string): number => {
  const tree = treeOf(nx);
  const found = processesOf(home).find(({ pid, command }) => tree.includes(pid) && command.includes('run-executor'));
  if (found === undefined) throw new Error('nx runs no executor');
  return found.pid;
};

const deaths: readonly [string, (nx: number, home: string) => void][] = [
  ['SIGTERM to nx', (nx) => process.kill(nx, 'SIGTERM')],
  ['SIGKILL to the executor', (nx, home) => process.kill(executorOf(nx, home), 'SIGKILL')],
  ['SIGKILL to nx', (nx) => process.kill(nx, 'SIGKILL')],
];

const cases = paired(drawn(moments, 5), deaths).map(
  ([moment, [death, die]]) => [moment.at, death, moment, die] as const,
);

describe('images', () => {
  let workspace: Workspace;
  let registry: Registry;
  let holding: HoldingRegistry;
  let home: string;
  let injected = 0;
  const temporary = () => join(home, 'tmp');
  const env = () => ({ TMPDIR: temporary(), CI_CACHE_REGISTRY: holding.host });

  const refresh = async () => {
    const { exitCode, all } = await workspace.nx(['run', 'app:refresh'], env());
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    const { failed, steps } = workspace.record<RefreshReport>('refresh.json');
    expect(failed).toEqual([]);
    return steps.find(({ step }) => step === `buildx-refresh--${onlyLeg}`)?.status;
  };

  /** Tags name only what is there, down to the last layer. */
  const expectWhole = async (): Promise<void> => {
    for (const name of Object.keys(await registry.tags())) {
      const [repository = '', tag = ''] = name.split(':');
      const top = await registry.manifest(repository, tag);
      for (const { digest } of top?.body.manifests ?? []) {
        expect([name, (await registry.manifest(repository, digest))?.digest]).toEqual([name, digest]);
      }
      expect([name, await registry.lacking(repository, tag)]).toEqual([name, []]);
    }
  };

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    home = dirname(workspace.folder);
    mkdirSync(temporary());
    holding = await holdingRegistry(stackEnv(e2eStack())['CI_CACHE_REGISTRY'] ?? '');
    workspace.write(oneLegProject(workspace.images, 'echo first'));
    await workspace.commit('first image');
    expect(await refresh()).toBe('done');
  });
  afterAll(() => {
    holding?.stop();
    console.info(`image faults: ${injected} of ${cases.length} injected`);
  });

  it.each(cases)('%s: %s', async (at, _death, { next, ...hold }, die) => {
    workspace.write({ 'app/image/Dockerfile': dockerfileRunning(`echo ${at}`) });
    await workspace.commit(at);
    const before = await registry.tags();
    const held = holding.hold(hold);
    const nx = workspace.beginNx(['run', 'app:refresh'], env());
    const pid = nx.pid as number;
    const ended = once(nx, 'exit');
    await Promise.race([held, ended.then(() => Promise.reject(new Error(`nx ended before ${at}`)))]);
    const tree = treeOf(pid);
    die(pid, home);
    await ended;
    await until('the end of every process', () => !tree.some(isRunning) && processesOf(home).length === 0);
    await until('no folder', () => !readdirSync(temporary()).some((name) => name.startsWith('ci-cache-')));
    holding.release();
    injected += 1;

    await expectWhole();
    const killed = await registry.tags();
    expect(await refresh()).toBe(next);
    await expectWhole();
    const after = await registry.tags();
    // Nothing was there for a while that a run which nobody disturbs does not leave; a cache is written anew with its leg.
    for (const [name, digest] of Object.entries(killed))
      if (!name.includes('/cache/')) expect([before[name], after[name]]).toContain(digest);
    const of = (tag: string) => after[`${registry.repository('3.13')}:${tag}`];
    expect(of('latest')).toBe(of((await workspace.git('rev-parse', 'HEAD')).trim()));
    expect((await registry.manifest(registry.repository('3.13'), 'latest'))?.body.manifests?.[0]?.digest).toBe(
      workspace.record<LegRecord>(`legs/${onlyLeg}.json`).digest,
    );
  });
});
