/** The two that are compared: each with a stack, a home and a registry of its own, and the same application. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { execute } from '@nx-ci-cache/e2e/src/support/execute';
import { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';

export interface Contender {
  readonly name: string;
  /** The whole refresh, from requirements to images. @throws when it fails. */
  readonly refresh: () => Promise<void>;
  /** Takes one provider out of the requirements and puts another in. */
  readonly swapProvider: () => Promise<void>;
  /** Takes everything from the nodes that they have built. */
  readonly emptyNodes: () => Promise<void>;
  readonly end: () => Promise<void>;
}

export interface Surroundings {
  /** Where it may write; each contender in a folder of its own. */
  readonly folder: string;
  readonly template: string;
  /** Simple API URL. */
  readonly index: string;
  readonly cutoff: string;
}

const example = resolve('apps/ci-cache');
const providers = 'requirements/providers.in';

export const byHand = async ({ folder, index, cutoff }: Surroundings): Promise<Contender> => {
  const home = mkdtempSync(join(folder, 'by-hand-'));
  const stack = await stackIn(home);
  const app = join(home, 'app');
  copyExample(app);
  const env = {
    ...stack.env,
    UV_DEFAULT_INDEX: index,
    CUTOFF: cutoff,
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
  };
  const remote = stack.env['CI_CACHE_REMOTE'] ?? '';
  const buildx = (...args: string[]) => execute(stack.env['CI_CACHE_BUILDX'] ?? '', args, { cwd: home, env });
  const node = (name: string, platform: string, ...more: string[]) =>
    buildx('create', '--name', 'by_hand', '--driver', 'remote', '--platform', platform, ...more, stack.env[name] ?? '');
  await node('CI_CACHE_BUILDKIT_AMD64', 'linux/amd64');
  await node('CI_CACHE_BUILDKIT_ARM64', 'linux/arm64', '--append');
  const script = join(__dirname, 'by-hand.sh');
  return {
    name: 'a script',
    refresh: async () => {
      const names = { REMOTE: remote, REGISTRY: stack.env['CI_CACHE_REGISTRY'], BUILDER: 'by_hand' };
      await execute('bash', [script, app], { cwd: home, env: { ...env, ...identity, ...names } });
    },
    swapProvider: async () => swapIn(app),
    emptyNodes: stack.emptyNodes,
    end: stack.end,
  };
};

export const byPlugin = async ({ folder, template, index, cutoff }: Surroundings): Promise<Contender> => {
  const home = mkdtempSync(join(folder, 'plugin-'));
  const stack = await stackIn(home);
  process.env['E2E_FOLDER'] = home;
  const workspace = await Workspace.create(join(home, 'stack'), template);
  rmSync(join(workspace.folder, 'app'), { recursive: true });
  const app = join(workspace.folder, 'apps/ci-cache');
  copyExample(app);
  const config = join(app, 'ci-cache.json');
  const read = JSON.parse(readFileSync(config, 'utf8')) as ExampleConfig;
  read.index.url = index;
  read.images.ci.buildArgs['UV_DEFAULT_INDEX'] = index;
  writeFileSync(config, JSON.stringify(read));
  await workspace.commit('the example');
  const env = { UV_DEFAULT_INDEX: index, CI_CACHE_CUTOFF: cutoff, HOME: home, XDG_CACHE_HOME: join(home, 'cache') };
  return {
    name: 'nx-ci-cache',
    refresh: async () => {
      const { exitCode, all } = await workspace.nx(['run', 'ci-cache:refresh'], { ...env, ...identity });
      if (exitCode !== 0) throw new Error(all);
    },
    swapProvider: async () => {
      swapIn(app);
      await workspace.commit('another provider');
    },
    emptyNodes: stack.emptyNodes,
    end: stack.end,
  };
};

interface ExampleConfig {
  readonly index: { url?: string };
  readonly images: { readonly ci: { readonly buildArgs: Record<string, string> } };
}

const identity = {
  ...{ GIT_AUTHOR_NAME: 'Bench', GIT_AUTHOR_EMAIL: 'bench@example.com' },
  ...{ GIT_COMMITTER_NAME: 'Bench', GIT_COMMITTER_EMAIL: 'bench@example.com' },
};

const stackIn = async (home: string) => {
  const folder = join(home, 'stack');
  await up(folder);
  const env = stackEnv(folder);
  const buildctl = join(dirname(env['CI_CACHE_BUILDX'] ?? ''), 'buildctl');
  const prune = (node: string) => execute(buildctl, ['--addr', env[node] ?? '', 'prune', '--all'], { cwd: home });
  return {
    env,
    emptyNodes: async () => {
      await Promise.all(['CI_CACHE_BUILDKIT_AMD64', 'CI_CACHE_BUILDKIT_ARM64'].map(prune));
    },
    end: async () => {
      await down(folder, { purge: true });
      rmSync(home, { recursive: true, force: true });
    },
  };
};

/** Its image takes packages from the index it is told. */
const copyExample = (to: string): void => {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(example, to, { recursive: true });
  const dockerfile = join(to, 'image/Dockerfile');
  const text = readFileSync(dockerfile, 'utf8');
  writeFileSync(dockerfile, text.replace('ARG PYTHON_VERSION\n', 'ARG PYTHON_VERSION\nARG UV_DEFAULT_INDEX\n'));
  chmodSync(join(to, 'test/run'), 0o755);
};

const swapIn = (app: string): void => {
  const text = readFileSync(join(app, providers), 'utf8');
  writeFileSync(join(app, providers), text.replace('apache-airflow-providers-ssh', 'apache-airflow-providers-ftp'));
};
