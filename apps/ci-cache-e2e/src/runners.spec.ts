/** The jobs of the workflow users copy, each in a checkout and a home of its own: they share git and the registry alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { stackEnv } from '@nx-ci-cache/testbed';
import { execute, type Execution } from './support/execute';
import type { ImageRecord, LegRecord } from './support/records';
import { Registry } from './support/registry';
import { e2eStack, Workspace } from './support/workspace';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const path = join(__dirname, '../../../docs/workflows/ci-cache.github-runners.yml');
const { jobs } = parse(readFileSync(path, 'utf8')) as {
  jobs: Record<string, { readonly steps: readonly Step[]; readonly strategy?: { readonly matrix: string } }>;
};

const github = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF_NAME: 'main',
  CI_CACHE_ANSWER: '',
};
/** Nothing is there to build with, or to resolve. */
const noNodes = { CI_CACHE_BUILDKIT_AMD64: undefined, CI_CACHE_BUILDKIT_ARM64: undefined };
const noResolver = { CI_CACHE_UV: '/nowhere/uv' };

type Values = Readonly<Record<string, string>>;
type Env = Readonly<Record<string, string | undefined>>;

/** As GitHub fills in an expression that is a name. */
const filled = (text: string, values: Values): string =>
  text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_all, name: string) => values[name] ?? '');

interface Entry {
  readonly leg: string;
  readonly platform: string;
  readonly runner: string;
}

interface Config {
  readonly builder: { readonly nodes: readonly object[] };
}

describe('legs on runners of their own', () => {
  let workspace: Workspace;
  let registry: Registry;
  let needs: Values;
  let entries: readonly Entry[];

  /** A command of a job, on a machine that has nothing of the others. */
  const job = async (name: string, command: string, env: Env, matrix: Values = {}) => {
    const elsewhere = await workspace.checkoutElsewhere();
    await elsewhere.git('checkout', '--quiet', '--detach');
    const step = jobs[name]?.steps.find(({ run }) => run?.endsWith(command));
    const { GITHUB_TOKEN: _, ...asked } = step?.env ?? {};
    const values = {
      ...needs,
      ...Object.fromEntries(Object.entries(matrix).map(([key, text]) => [`matrix.${key}`, text])),
    };
    const given = Object.fromEntries(Object.entries(asked).map(([key, text]) => [key, filled(text, values)]));
    const ended = await elsewhere.shell(step?.run ?? 'false', { ...github, ...given, ...env });
    return { ...ended, elsewhere };
  };

  const plan = async (): Promise<Execution> => {
    const outputs = join(workspace.folder, '..', 'outputs');
    writeFileSync(outputs, '');
    const ended = await job('plan', ':plan-refresh', {
      ...noNodes,
      CI_CACHE_BUILDX: '/nowhere/buildx',
      GITHUB_OUTPUT: outputs,
    });
    const pairs = readFileSync(outputs, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/=(.*)/s));
    needs = Object.fromEntries(pairs.map(([name, value = '']) => [`needs.plan.outputs.${name}`, value]));
    entries = (JSON.parse(needs['needs.plan.outputs.matrix'] ?? '') as { include: Entry[] }).include;
    return ended;
  };

  const leg = ({ leg, platform, runner }: Entry, env: Env = {}) => {
    const other = platform === 'linux/amd64' ? 'ARM64' : 'AMD64';
    const others = { [`CI_CACHE_BUILDKIT_${other}`]: undefined };
    return job('legs', ':build-legs', { ...noResolver, ...others, ...env }, { leg, platform, runner });
  };

  const publish = () => job('publish', ':publish-legs', { ...noResolver, ...noNodes });

  /** A base image of this workspace alone, which may move. */
  const makeBase = (...options: readonly string[]) => {
    const host = stackEnv(e2eStack())['CI_CACHE_REGISTRY'];
    const args = ['--tag', `${host}/${workspace.images}/base:3.13`, ...options, `${host}/base/python:3.13`];
    return execute(process.env['CI_CACHE_BUILDX'] ?? 'buildx', ['imagetools', 'create', ...args], {
      cwd: workspace.folder,
    });
  };

  const passed = ({ exitCode, all }: Execution) =>
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
  const added = async (before: Readonly<Record<string, string>>) =>
    Object.entries(await registry.tags()).flatMap(([tag, digest]) =>
      before[tag] === digest ? [] : [tag.split(':').at(-1)],
    );

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    await makeBase();
    const text = workspace.read('app/ci-cache.json').replaceAll('app:gate', 'ci-cache:gate');
    const config = JSON.parse(text.replace('/base/python:', `/${workspace.images}/base:`)) as Config;
    const nodes = config.builder.nodes.map((node, at) => ({ ...node, runner: ['plain', 'arm'][at] }));
    workspace.write({
      'app/ci-cache.json': JSON.stringify({ ...config, pythons: ['3.13'], builder: { ...config.builder, nodes } }),
      'app/project.json': workspace.read('app/project.json').replace('"app"', '"ci-cache"'),
    });
    await workspace.commit('nodes with runners');
  });

  it('are planned where no node is, and named to the CI', async () => {
    passed(await plan());
    expect(entries).toMatchObject([
      { leg: 'ci-3.13-linux-amd64', platform: 'linux/amd64', runner: 'plain' },
      { leg: 'ci-3.13-linux-arm64', platform: 'linux/arm64', runner: 'arm' },
    ]);
    expect(needs).toMatchObject({
      'needs.plan.outputs.stale': 'true',
      'needs.plan.outputs.publish': 'true',
      'needs.plan.outputs.constraints-commit': (await workspace.tip()).trim(),
    });
    expect(jobs['legs']?.strategy?.matrix).toBe('${{ fromJSON(needs.plan.outputs.matrix) }}');
    expect(await registry.tags()).toEqual({});
  });

  it('are built one by one without resolver and gates, and write themselves and nothing else', async () => {
    const [amd64, arm64] = entries as [Entry, Entry];
    const tip = await workspace.tip();
    const built = await leg(amd64);
    passed(built);
    expect(built.all).not.toContain('ci-cache:gate');
    expect(built.elsewhere.record<LegRecord>('legs/ci-3.13-linux-amd64.json')).toMatchObject({
      result: 'built',
      constraintsCommit: needs['needs.plan.outputs.constraints-commit'],
    });
    expect((await added({})).sort()).toEqual(['leg--ci-3.13-linux-amd64', 'linux-amd64']);
    const before = await registry.tags();
    const failed = await leg(arm64, { CI_CACHE_BUILDKIT_ARM64: 'unix:///nowhere/buildkitd.sock' });
    expect(failed.exitCode).toBe(1);
    expect(failed.all).toContain('BuilderUnfit');
    expect(await registry.tags()).toEqual(before);
    expect(await workspace.tip()).toBe(tip);
  });

  it('leave the image as it is while one of them is missing', async () => {
    const before = await registry.tags();
    const { exitCode, all } = await publish();
    expect(exitCode).toBe(1);
    expect(all).toContain('the image was not published: the leg ci-3.13-linux-arm64');
    expect(await registry.tags()).toEqual(before);
  });

  it('are whole once the job that failed has run again, from the base image that was seen first, and published', async () => {
    const before = await registry.tags();
    await makeBase('--annotation', 'index:moved=yes');
    passed(await leg(entries[1] as Entry));
    expect((await added(before)).sort()).toEqual(['leg--ci-3.13-linux-arm64', 'linux-arm64']);
    const legs = await registry.tags();
    const { elsewhere, ...ended } = await publish();
    passed(ended);
    await makeBase();
    const head = (await workspace.git('rev-parse', 'HEAD')).trim();
    expect((await added(legs)).sort()).toEqual([head, 'latest'].sort());
    expect(elsewhere.record<ImageRecord>('images/ci-3.13.json')).toMatchObject({
      result: 'published',
      platforms: [{ platform: 'linux/amd64' }, { platform: 'linux/arm64' }],
    });
  });

  it('are no jobs when nothing is stale', async () => {
    passed(await plan());
    expect(entries).toEqual([]);
    expect(needs).toMatchObject({ 'needs.plan.outputs.stale': 'false', 'needs.plan.outputs.publish': 'false' });
  });

  it('are not built with a commit that the branch does not hold', async () => {
    const source = (await workspace.git('rev-parse', 'HEAD')).trim();
    const entry = { leg: 'ci-3.13-linux-amd64', platform: 'linux/amd64', runner: 'plain' };
    const { exitCode, all } = await leg(entry, { CI_CACHE_CONSTRAINTS_COMMIT: source });
    expect(exitCode).toBe(1);
    expect(all).toContain('allowed: a commit that constraints-main holds');
  });
});
