/** A project that has given up a Python, a platform and an image: what they left is told by its history, and removed by a yes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { registryClient, type RegistryClient } from '@nx-ci-cache/images';
import { pushContent } from '@nx-ci-cache/images/src/testing/push-content';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { readJson } from '@nx-ci-cache/process';
import { legTag, recordPaths, type Leg, type PruneRecord } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import type { StepContext } from '../../step/context/context';
import { prune } from './executor';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const folders: string[] = [stateDir];
const paths = recordPaths('app');
let host: string;
let registry: RegistryClient;
let push: ReturnType<typeof pushContent>;
let workspace: TestWorkspace;
let remote: string;
const commits: string[] = [];
const lines: string[] = [];

const configText = (pythons: readonly string[], platforms: readonly string[], images: readonly string[]) => {
  const image = (name: string) => ({
    ...{ dockerfile: 'Dockerfile', tags: ['{commit}', 'latest'], keep: 1 },
    repository: `{env.CI_CACHE_REGISTRY}/{branch}/${name}/python{python}`,
    cache: `{env.CI_CACHE_REGISTRY}/{branch}/cache/{image}-{python}:{platform}`,
  });
  return JSON.stringify({
    ...{ pythons, platforms },
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: Object.fromEntries(images.map((name) => [name, image(name)])),
    builder: { nodes: [{ platforms }] },
  });
};
const text = configText(['3.13'], ['linux/amd64'], ['ci']);

const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: workspace.root, env: gitEnvironment, encoding: 'utf8' }).trim();

const repositoryOf = ({ image, python }: Pick<Leg, 'image' | 'python'>) => `main/${image}/python${python}`;

/** What a refresh leaves of a leg. */
const refresh = async (leg: Leg, commit: string) => {
  const repository = repositoryOf(leg);
  const pushed = await push.leg(`${host}/${repository}:${legTag(leg)}`, commit, leg.platform);
  await push.cache(`main/cache/${leg.image}-${leg.python}`, leg.platform.replace('/', '-'));
  await push.index(repository, commit, [pushed.digest]);
  await push.index(repository, 'latest', [pushed.digest]);
};

beforeAll(async () => {
  await up(stateDir, { parts: ['registry'] });
  host = stackEnv(stateDir)['CI_CACHE_REGISTRY'] ?? '';
  registry = registryClient();
  push = pushContent(host);
  workspace = testWorkspace();
  remote = mkdtempSync(join(tmpdir(), 'ci-cache-remote-'));
  folders.push(workspace.root, remote);
  git('init', '-q', '--bare', '--initial-branch', 'main', remote);
  git('remote', 'add', 'origin', remote);
  const texts = [
    configText(['3.11', '3.13'], ['linux/amd64', 'linux/arm64'], ['ci', 'docs']),
    'no configuration at all',
    text,
  ];
  for (const each of texts)
    commits.push(workspace.commit({ '.gitignore': 'dist\n', 'app/ci-cache.json': each }).commit);
  git('push', '-q', 'origin', 'main');
  for (const image of ['ci', 'docs'])
    for (const python of ['3.11', '3.13'])
      for (const platform of ['linux/amd64', 'linux/arm64'])
        await refresh({ image, python, platform }, commits[0] ?? '');
  await refresh({ image: 'ci', python: '3.13', platform: 'linux/amd64' }, commits[2] ?? '');
});
beforeEach(() => void lines.splice(0));
afterAll(async () => {
  await down(stateDir, { purge: true });
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const contextOf = (answer: boolean, root = workspace.root) =>
  ({
    ...{ workspaceRoot: root, projectName: 'app', taskName: 'app:prune', paths, config: parseConfig(text, 'app') },
    ...{ projects: { app: { root: 'app' } }, namedInputs: {}, byHand: false },
    ...{ switches: { dryRun: false, answer, force: false }, at: (path: string) => join(root, path) },
    environment: { PATH: process.env['PATH'], HOME: process.env['HOME'], CI_CACHE_REGISTRY: host },
    say: (line: string) => lines.push(line),
  }) as unknown as StepContext;

const run = async (answer: boolean, root = workspace.root): Promise<PruneRecord> => {
  const record = await prune({}, contextOf(answer, root));
  expect(await readJson(join(root, paths.prune))).toMatchObject(record);
  return record;
};

/** Tags by repository, as they are. */
const tagsNow = async () => {
  const repositories = ['ci', 'docs'].flatMap((image) =>
    ['3.11', '3.13'].flatMap((python) => [repositoryOf({ image, python }), `main/cache/${image}-${python}`]),
  );
  const read = repositories.map(
    async (name) => [name, [...(await registry.tagsOf(`${host}/${name}`))].sort()] as const,
  );
  return Object.fromEntries((await Promise.all(read)).filter(([, tags]) => tags.length > 0));
};

it('lists without an answer, and whatever stands against it with one', async () => {
  const before = await tagsNow();
  const listed = await run(false);
  expect(listed).toMatchObject({ result: 'previewed', denied: expect.stringContaining('--answer=yes'), doubts: [] });
  expect(new Set(listed.leftovers.map(({ fate }) => fate))).toEqual(new Set(['listed']));
  expect(listed.leftovers.filter(({ kind }) => kind === 'leg')).toHaveLength(7);
  expect(listed.leftovers.filter(({ kind }) => kind === 'cache')).toHaveLength(7);
  expect(lines).toEqual(
    expect.arrayContaining([
      `${host}/main/docs/python3.11:leg--docs-3.11-linux-arm64: the configuration has no leg docs-3.11-linux-arm64 any more`,
      `${host}/main/ci/python3.13:${commits[0]}: only the newest 1 commit keeps its tags`,
    ]),
  );

  workspace.write({ 'app/ci-cache.json': `${text}\n` });
  expect(await run(true)).toMatchObject({
    result: 'previewed',
    denied: 'app/ci-cache.json is not as the commit has it',
  });
  git('checkout', '-q', 'app/ci-cache.json');

  workspace.commit({ later: '1' });
  git('push', '-q', 'origin', 'main');
  git('reset', '-q', '--hard', 'HEAD^');
  expect(await run(true)).toMatchObject({
    result: 'previewed',
    denied: expect.stringMatching(/^main is at .* check that/),
  });
  git('push', '-q', '--force', 'origin', 'main');

  git('checkout', '-q', '-b', 'topic');
  expect(await run(true)).toMatchObject({ result: 'previewed', denied: expect.stringContaining('no rule') });
  git('checkout', '-q', 'main');
  expect(await tagsNow()).toEqual(before);
});

it('finds a platform that was given up also where history ends, and says that there may be more', async () => {
  const shallow = mkdtempSync(join(tmpdir(), 'ci-cache-shallow-'));
  folders.push(shallow);
  execFileSync('git', ['clone', '-q', '--depth=1', `file://${remote}`, shallow], { env: gitEnvironment });
  const { leftovers, doubts } = await run(false, shallow);
  expect(leftovers.flatMap(({ kind, tag }) => (kind === 'leg' ? tag : []))).toEqual(['leg--ci-3.13-linux-arm64']);
  expect(doubts).toEqual([
    expect.stringContaining('git fetch --unshallow'),
    expect.stringContaining('tags of 1 commit that no history at hand holds'),
  ]);
});

it('removes it with an answer: only what is needed and what consumers take is there, and nothing is left to do', async () => {
  const { result, leftovers } = await run(true);
  expect(result).toBe('pruned');
  expect(leftovers.filter(({ tag, fate }) => tag !== undefined && fate !== 'removed')).toEqual([]);
  const [first, , last] = commits as [string, string, string];
  expect(await tagsNow()).toEqual({
    'main/ci/python3.13': [last, 'latest', 'leg--ci-3.13-linux-amd64'].sort(),
    'main/cache/ci-3.13': ['linux-amd64'],
    // The last commit that published for a Python, and an image without a configuration, keep their tags.
    ...Object.fromEntries(
      ['ci/python3.11', 'docs/python3.11', 'docs/python3.13'].map((name) => [`main/${name}`, [first, 'latest'].sort()]),
    ),
  });
  expect(await run(true)).toMatchObject({ result: 'unchanged', leftovers: [] });
  expect(lines.at(-1)).toBe('prune: nothing is left over');
});
