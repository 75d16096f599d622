/** A project as a refresh leaves it: a branch, leg tags, caches and an index that answer its sources, without a resolution or a build. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { cutoffAt } from '@nx-ci-cache/constraints';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { remembering } from '@nx-ci-cache/images';
import { legAnnotations } from '@nx-ci-cache/images/src/plan/leg-annotations';
import { faultyRegistry, type FaultyRegistry } from '@nx-ci-cache/images/src/testing/faulty-registry';
import { pushContent } from '@nx-ci-cache/images/src/testing/push-content';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { statusStep } from '../chain/status';
import { openContext, type StepContext } from '../step/context/context';
import { imageTools } from '../step/context/image-tools';
import { lookAtBranch } from '../step/status/look-at-branch';
import { lookAtLegs } from '../step/status/look-at-legs';

export interface StatusWorld {
  readonly registry: FaultyRegistry;
  readonly workspace: TestWorkspace;
  readonly remote: string;
  readonly index: LocalIndex;
  readonly config: (changed?: object) => object;
  /** As Nx hands it to the executor. */
  readonly executor: () => ExecutorContext;
  readonly open: () => Promise<StepContext>;
  /** Everything as a refresh of the sources as they are leaves it; `daysAgo` is when it saw the index. */
  readonly refresh: (daysAgo?: number, files?: Readonly<Record<string, string>>) => Promise<void>;
  readonly push: ReturnType<typeof pushContent>;
  readonly close: () => Promise<void>;
}

const day = 24 * 60 * 60;
const platform = { os: 'linux', architecture: 'amd64' };

/** Hands a new one to each test of a file, refreshed; the registry is one for all of them. */
export const eachStatusWorld = (take: (world: StatusWorld) => void): void => {
  const stack = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
  const before = { ...process.env };
  let registry: FaultyRegistry;
  let world: StatusWorld;
  beforeAll(async () => {
    await up(stack, { parts: ['registry'] });
    registry = await faultyRegistry(stackEnv(stack)['CI_CACHE_REGISTRY'] ?? '');
    process.env = { ...before, BUILDX_CONFIG: join(stack, 'builders') };
    for (const name of Object.keys(process.env)) if (/^(GITHUB_|CI$)/.test(name)) delete process.env[name];
  });
  beforeEach(async () => {
    world = await startStatusWorld(registry);
    await world.refresh();
    registry.asked.length = 0;
    take(world);
  });
  afterEach(async () => {
    registry.fail();
    await world.close();
  });
  afterAll(async () => {
    process.env = before;
    registry.stop();
    await down(stack, { purge: true });
  });
};

const startStatusWorld = async (registry: FaultyRegistry): Promise<StatusWorld> => {
  const { host } = registry;
  const workspace = testWorkspace();
  const remote = mkdtempSync(join(tmpdir(), 'ci-cache-remote-'));
  const index = await startIndex([{ name: 'lib', version: '1.0' }]);
  const push = pushContent(host);
  const name = remote.split('-').at(-1)?.toLowerCase();
  const config = (changed: object = {}) => ({
    pythons: ['3.13'],
    index: { url: index.url },
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: {
      ci: {
        ...{ dockerfile: 'Dockerfile', tags: ['latest'] },
        repository: `${host}/${name}/ci`,
        cache: `${host}/${name}/cache:{platform}`,
      },
    },
    builder: { nodes: [{ platforms: ['linux/amd64'] }] },
    ...changed,
  });
  execFileSync('git', ['init', '-q', '--bare', '-b', 'main', remote], { env: gitEnvironment });
  workspace.git('remote', 'add', 'origin', remote);
  workspace.commit({
    ...{ '.gitignore': 'dist\nnode_modules\n', 'app/ci-cache.json': JSON.stringify(config()) },
    ...{ 'app/core.in': 'lib\n', 'app/Dockerfile': 'FROM scratch\nCOPY core.in /\nCOPY --from=constraints . /c\n' },
  });
  const executor = () =>
    ({
      ...{ root: workspace.root, cwd: workspace.root, isVerbose: false, projectName: 'app', targetName: 'status' },
      ...{ nxJsonConfiguration: {}, projectsConfigurations: { version: 2, projects: { app: { root: 'app' } } } },
    }) as unknown as ExecutorContext;
  const open = () => openContext(executor(), statusStep);

  const publish = (daysAgo: number, files: Readonly<Record<string, string>>) => {
    const now = new Date(Date.now() - daysAgo * day * 1000);
    const source = workspace.git('rev-parse', 'HEAD').trim();
    const cutoff = cutoffAt(now, { settleSeconds: 3600, windowSeconds: day });
    const trailers = `Source-Commit: ${source}\nCut-Off: ${cutoff}\nSource-Files: ${Object.keys(files).join(' ')}`;
    const other = testWorkspace();
    other.commit(files);
    other.git('commit', '-q', '--amend', '-m', `Constraints\n\n${trailers}`);
    other.git('push', '-q', '--force', remote, 'HEAD:refs/heads/constraints-main');
    rmSync(other.root, { recursive: true });
  };

  const record = async () => {
    const context = await open();
    const seen = await lookAtBranch(context);
    const { planned } = await lookAtLegs(seen, remembering(imageTools(context).registry), context);
    for (const { spec, inputs } of planned) {
      const repository = spec.repository.slice(host.length + 1);
      const digest = await push.image(repository);
      const cacheDigest = await push.cache(`${name}/cache`, 'linux-amd64');
      const build = { buildId: 'b', node: 'amd64', seconds: 30, observedAt: new Date().toISOString() };
      const from = { sourceCommit: seen.branch.sourceCommit, constraintsCommit: seen.branch.tip };
      const annotations = legAnnotations({ ...build, ...from, inputs, digest, cacheDigest });
      await push.index(repository, spec.legRef.split(':').at(-1) ?? '', [digest], annotations, platform);
      await push.index(repository, 'latest', [digest], undefined, platform);
    }
  };

  return {
    ...{ registry, workspace, remote, index, config, executor, open, push },
    refresh: async (daysAgo = 0, files = { 'core-3.13.txt': 'lib==1.0\n' }) => {
      publish(daysAgo, files);
      await record();
    },
    close: async () => {
      await index.close();
      for (const folder of [workspace.root, remote]) rmSync(folder, { recursive: true, force: true });
    },
  };
};
