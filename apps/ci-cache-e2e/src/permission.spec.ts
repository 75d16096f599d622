/** A run without permission changes nothing outside, whatever made it stale: every ref, tag, digest and blob stays. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { paired } from '@nx-ci-cache/process/src/testing/sample';
import type { RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { e2eStack, Workspace } from './support/workspace';

const leg = 'ci-3.13-linux-amd64';

const config = (images: string) => ({
  pythons: ['3.13'],
  platforms: ['linux/amd64'],
  constraints: {
    modes: { core: { requirements: ['core.in'] } },
    guard: { allowDowngrade: ['iniconfig'] },
  },
  push: { remote: '{env.CI_CACHE_REMOTE}', branches: [{ from: 'main', to: 'constraints-main' }], gates: ['app:gate'] },
  images: {
    ci: {
      dockerfile: 'image/Dockerfile',
      context: 'image',
      bases: { BASE_IMAGE: `{env.CI_CACHE_REGISTRY}/${images}/base:moving` },
      repository: `{env.CI_CACHE_REGISTRY}/${images}/{branch}/python{python}`,
      cache: `{env.CI_CACHE_REGISTRY}/${images}/{branch}/cache/{image}-python{python}:{platform}`,
    },
  },
  builder: {
    name: `e2e_${images}`,
    nodes: [{ platforms: ['linux/amd64'], endpoint: '{env.CI_CACHE_BUILDKIT_AMD64}' }],
  },
});

const files = (images: string) => ({
  'app/ci-cache.json': JSON.stringify(config(images), null, 2),
  'app/core.in': 'iniconfig\n',
  'app/gate.js': `require('node:fs').readFileSync('dist/app/constraints-3.13/core-3.13.txt');\n`,
  'app/image/Dockerfile':
    'ARG BASE_IMAGE\nFROM ${BASE_IMAGE}\nCOPY --from=constraints core-3.13.txt /constraints.txt\nCOPY greeting /greeting\n',
});

const ci = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main', GITHUB_HEAD_REF: 'main' };

/** Each way to run without permission, with what the report then names as the reason. */
const denials = {
  'no answer': { env: { CI_CACHE_ANSWER: '' }, reason: /outside a CI/ },
  'a dry run by flag': { flags: ['--dry-run', '--answer=yes'], reason: /a dry run/ },
  'a dry run by variable': { env: { CI_CACHE_DRY_RUN: 'yes' }, reason: /a dry run/ },
  'a pull request': { env: { ...ci, GITHUB_EVENT_NAME: 'pull_request' }, reason: /pull request/ },
  'a fork with rights': { env: { ...ci, GITHUB_EVENT_NAME: 'pull_request_target' }, reason: /pull request/ },
  'a branch without a rule': { branch: 'topic', reason: /no rule/ },
  superseded: { older: true, reason: /superseded|a newer run/ },
} satisfies Record<string, Denial>;

interface Denial {
  readonly env?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly branch?: string;
  /** Run at a commit that the published sources contain. */
  readonly older?: boolean;
  readonly reason: RegExp;
}

describe('a run without permission', () => {
  let workspace: Workspace;
  let registry: Registry;
  const commits: Record<string, string> = {};

  const head = async () => (await workspace.git('rev-parse', 'HEAD')).trim();
  const repository = () => `${workspace.images}/main/python3.13`;

  const commit = async (name: string, changed: Record<string, string>) => {
    workspace.write(changed);
    await workspace.commit(name);
    commits[name] = await head();
  };

  /** Refs of the remote, tags with their digests, and every manifest and blob the registry has for this workspace. */
  const outside = async () => ({
    refs: await workspace.published('for-each-ref', '--format=%(refname) %(objectname)'),
    tags: await registry.tags(),
    stored: readdirSync(join(e2eStack(), 'registry/data/docker/registry/v2/repositories', workspace.images), {
      recursive: true,
      encoding: 'utf8',
    })
      .filter((path) => path.endsWith('/link'))
      .sort(),
  });

  const base = (of: string) =>
    workspace.shell(
      `"$CI_CACHE_BUILDX" imagetools create -t "$CI_CACHE_REGISTRY/${workspace.images}/base:moving" "$CI_CACHE_REGISTRY/base/python:${of}"`,
    );

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    await base('3.13');
    await commit('first', files(workspace.images));
    const first = await workspace.run('refresh');
    if (first.exitCode !== 0) throw new Error(first.all);
    // An older line of history in which each change came, and a newer one that was published.
    await commit('requirement', { 'app/core.in': 'iniconfig<2\n' });
    await commit('source', { 'app/image/greeting': 'good morning\n' });
    await commit('Dockerfile', { 'app/image/Dockerfile': `${files('')['app/image/Dockerfile']}RUN true\n` });
    await commit('newest', {
      ...files(workspace.images),
      'app/core.in': 'iniconfig<2.1\n',
      'app/image/greeting': 'hello\n',
    });
    const second = await workspace.run('refresh');
    if (second.exitCode !== 0) throw new Error(second.all);
  });

  afterEach(async () => {
    await workspace.git('checkout', '--quiet', '--force', 'main');
    await workspace.git('reset', '--quiet', '--hard', commits['newest'] ?? '');
  });

  /** What makes the run stale; each leaves the outside as `outside` then finds it. */
  const changes: Record<string, (older: boolean) => Promise<{ readonly flags?: readonly string[] }>> = {
    'a requirement': async (older) => changed(older, 'requirement', { 'app/core.in': 'iniconfig<2\n' }),
    'a source': async (older) => changed(older, 'source', { 'app/image/greeting': 'good morning\n' }),
    'the Dockerfile': async (older) =>
      changed(older, 'Dockerfile', { 'app/image/Dockerfile': `${files('')['app/image/Dockerfile']}RUN true\n` }),
    'a base image': async (older) => {
      const now = await registry.manifest(`${workspace.images}/base`, 'moving');
      await base('3.11');
      if ((await registry.manifest(`${workspace.images}/base`, 'moving'))?.digest === now?.digest) await base('3.13');
      return changed(older, 'Dockerfile', {});
    },
    'a deleted leg tag': async (older) => {
      if ((await registry.manifest(repository(), `leg--${leg}`)) !== undefined)
        await registry.remove(repository(), `leg--${leg}`);
      return changed(older, 'Dockerfile', {});
    },
    force: async (older) => ({ ...(await changed(older, 'Dockerfile', {})), flags: ['--force'] }),
  };

  const changed = async (older: boolean, name: string, written: Record<string, string>) => {
    if (older) await workspace.git('reset', '--quiet', '--hard', commits[name] ?? '');
    else {
      workspace.write(written);
      if (Object.keys(written).length > 0) await workspace.commit('a change');
    }
    return {};
  };

  const cases = paired(Object.entries<Denial>(denials), Object.keys(changes)).map(
    ([[denial, how], change]) => [denial, change, how] as const,
  );

  it.each(cases)('%s, %s changed: nothing moves, and the report says what would', async (_denial, change, how) => {
    const { flags = [] } = (await changes[change]?.(how.older === true)) ?? {};
    if (how.branch !== undefined) await workspace.git('checkout', '--quiet', '-b', how.branch);
    const before = await outside();
    const { exitCode, all } = await workspace.nx(['run', 'app:refresh', ...flags, ...(how.flags ?? [])], how.env);
    if (how.branch !== undefined) {
      await workspace.git('checkout', '--quiet', '-');
      await workspace.git('branch', '--quiet', '-D', how.branch);
    }
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(await outside()).toEqual(before);
    const report = workspace.record<RefreshReport>('refresh.json');
    const line = (step: string) => report.steps.find((each) => each.step === step);
    expect(all).toMatch(how.reason);
    expect(line(`buildx-refresh--${leg}`)?.text).toMatch(/would be built|newer/);
    expect(report.steps.some(({ status }) => status === 'failed' || status === 'skipped')).toBe(false);
  });

  it.each([
    ['a flag', ['--dryrun'], {}, 'perhaps --dry-run'],
    ['a variable', [], { CI_CACHE_DRYRUN: 'yes' }, 'perhaps CI_CACHE_DRY_RUN'],
    ['an answer', ['--answer=constructor'], {}, 'allowed: yes or no'],
  ])('%s that nobody reads is refused by the first step', async (_what, flags, env, message) => {
    const before = await outside();
    const { exitCode, all } = await workspace.nx(['run', 'app:refresh', ...flags], env);
    expect(exitCode).not.toBe(0);
    expect(all).toContain(message);
    expect(all).not.toMatch(/nx run app:generate-constraints--core-3\.13/);
    expect(await outside()).toEqual(before);
  });
});
