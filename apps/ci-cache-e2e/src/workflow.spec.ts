import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { PushRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { Workspace } from './support/workspace';

interface Job {
  readonly if: string;
  readonly concurrency?: { readonly 'cancel-in-progress': boolean };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly if?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }[];
}

const path = join(__dirname, '../../../docs/workflows/ci-cache.github.yml');
const workflow = parse(readFileSync(path, 'utf8')) as { jobs: Record<string, Job>; permissions: object };
/** `npm ci` is the template's own installation; everything else is run here as it stands. */
const commands = (job: string) =>
  (workflow.jobs[job]?.steps ?? []).flatMap(({ run }) => (run === undefined || run === 'npm ci' ? [] : [run]));

const github = {
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_REF_TYPE: 'branch',
  CI_CACHE_ANSWER: '',
  // The workflow leaves the cut-off to the plugin.
  CI_CACHE_CUTOFF: undefined,
};
const push = { ...github, GITHUB_EVENT_NAME: 'push', GITHUB_REF_NAME: 'main' };
const pullRequest = {
  ...github,
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_BASE_REF: 'main',
  GITHUB_HEAD_REF: 'topic',
  GITHUB_REF_NAME: '1/merge',
};

describe('the workflow users copy', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create();
    workspace.write({
      'app/ci-cache.json': workspace
        .read('app/ci-cache.json')
        .replace('"3.11", ', '')
        .replace(/, *\n? *"linux\/arm64"/, ''),
    });
  });

  it('queues refreshes and never cancels one, and gives pull requests nothing to write with', () => {
    expect(workflow.jobs['refresh']?.concurrency?.['cancel-in-progress']).toBe(false);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(workflow.jobs['preview']?.permissions).toBeUndefined();
    expect(workflow.jobs['refresh']?.steps.find(({ run }) => run?.includes(':report'))?.if).toBe('always()');
  });

  it('logs in to the registry before anything may need it, by a secret that is in no command', () => {
    const { steps = [] } = workflow.jobs['refresh'] ?? {};
    const login = steps.findIndex(({ uses }) => uses?.startsWith('docker/login-action@'));
    expect(steps[login]?.with?.['password']).toMatch(/^\$\{\{ secrets\.\w+/);
    expect(login).toBeLessThan(steps.findIndex(({ run }) => run?.includes('nx run')));
    for (const command of commands('refresh')) expect(command).not.toContain('secrets.');
    expect(workflow.jobs['preview']?.steps.some(({ uses }) => uses?.startsWith('docker/login-action@'))).toBe(false);
  });

  it('refreshes on a merge to main, from a detached checkout', async () => {
    workspace.write({ 'ci-cache/README.md': 'the project is named as in the workflow' });
    workspace.write({ 'app/project.json': workspace.read('app/project.json').replace('"app"', '"ci-cache"') });
    workspace.write({ 'app/ci-cache.json': workspace.read('app/ci-cache.json').replace('app:gate', 'ci-cache:gate') });
    await workspace.commit('the names of the workflow');
    await workspace.git('checkout', '--quiet', '--detach');
    expect(commands('refresh')).toHaveLength(3);
    for (const command of commands('refresh')) {
      const { exitCode, all } = await workspace.shell(command, push);
      expect({ command, exitCode, all: exitCode === 0 ? '' : all }).toEqual({ command, exitCode: 0, all: '' });
    }
    expect(workspace.record<PushRecord>('push.json').result).toBe('pushed');
    expect(workspace.record<RefreshReport>('refresh.json').failed).toEqual([]);
  });

  it('only looks on a pull request', async () => {
    const registry = new Registry(workspace);
    const before = { tip: await workspace.tip(), tags: await registry.tags() };
    await workspace.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    workspace.write({ 'app/core.in': 'iniconfig<2\n' });
    await workspace.commit('a proposal');
    const [check = '', ...looks] = commands('preview');
    expect((await workspace.shell(check, pullRequest)).exitCode).toBe(0);
    expect(looks).toHaveLength(1);
    for (const command of looks) {
      const { exitCode, all } = await workspace.shell(command.replace('${{ github.base_ref }}', 'main'), pullRequest);
      expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
      expect(all).toContain('this is a pull request');
      // The column is narrower than that.
      expect(all.replaceAll(/\s+/g, ' ')).toContain('would be built: constraints changed: core-3.13.txt');
    }
    expect({ tip: await workspace.tip(), tags: await registry.tags() }).toEqual(before);
  });
});
