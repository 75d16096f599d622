import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stackEnv } from '@nx-ci-cache/testbed';
import type { PushRecord, RefreshReport } from './support/records';
import { execute } from './support/execute';
import { e2eFolder, e2eStack, Workspace } from './support/workspace';

/** The one this machine is sure to have: its tools are set up with it. */
const thisPython = async (): Promise<string> => {
  const program = 'import sys; print("%d.%d" % sys.version_info[:2])';
  return (await execute('python3', ['-c', program], { cwd: e2eFolder() })).stdout.trim();
};

describe('from an empty workspace to a first refresh', () => {
  let workspace: Workspace;
  let bin: string;
  let python: string;

  /** As a person without a configuration has it: uv on PATH, and no switch but those given. */
  const nx = (line: string, env: Readonly<Record<string, string>> = {}) =>
    workspace.nx(line.split(' '), {
      CI_CACHE_ANSWER: '',
      PATH: `${bin}:${process.env['PATH']}`,
      UV_PYTHON_DOWNLOADS: 'never',
      ...env,
    });
  const succeeds = async (line: string, env: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { exitCode, all } = await nx(line, env);
    expect({ line, exitCode, all: exitCode === 0 ? '' : all }).toEqual({ line, exitCode: 0, all: '' });
    return all;
  };

  beforeAll(async () => {
    python = await thisPython();
    bin = mkdtempSync(join(e2eFolder(), 'bin-'));
    symlinkSync(stackEnv(e2eStack())['CI_CACHE_UV'] ?? '', join(bin, 'uv'));
    workspace = await Workspace.create();
    rmSync(join(workspace.folder, 'app'), { recursive: true });
    workspace.write({
      'nx.json': '{\n  // no cloud\n  "neverConnectToCloud": true,\n  "analytics": false\n}\n',
      '.gitignore': 'node_modules\n',
      'app/requirements.txt': 'iniconfig\n',
    });
    await workspace.git('remote', 'add', 'origin', workspace.remote);
    await workspace.commit('a Python application');
  });

  it('is made ready, and stays so', async () => {
    const said = await succeeds('generate nx-ci-cache:init');
    expect(said).toContain('Next: npx nx generate nx-ci-cache:configuration');
    expect(workspace.read('nx.json')).toBe(
      '{\n  // no cloud\n  "neverConnectToCloud": true,\n  "analytics": false,\n  "plugins": [\n    "nx-ci-cache"\n  ]\n}\n',
    );
    const ready = workspace.read('nx.json') + workspace.read('.gitignore');
    await succeeds('generate nx-ci-cache:init');
    expect(workspace.read('nx.json') + workspace.read('.gitignore')).toBe(ready);
  });

  it('gets a configuration with which the first refresh publishes what its gate installed', async () => {
    const said = await succeeds(`generate nx-ci-cache:configuration app --pythons=${python} --no-interactive`);
    expect(said).toContain('requirements.txt: its requirements');
    await workspace.commit('constraints');
    await succeeds('run app:refresh', { CI_CACHE_ANSWER: 'yes' });
    expect(workspace.record<PushRecord>('push.json').result).toBe('pushed');
    expect(workspace.record<RefreshReport>('refresh.json').failed).toEqual([]);
    const branch = ['constraints-main', '--'] as const;
    expect(await workspace.published('show', `constraints-main:constraints-${python}.txt`)).toMatch(/^iniconfig==/m);
    expect(await workspace.published('log', '-1', '--format=%B', ...branch)).toContain(
      'Tested: app:test-with-constraints used all files',
    );
  });

  it('keeps the workflow equal to the configuration', async () => {
    await succeeds('generate nx-ci-cache:workflow github --no-interactive');
    await succeeds('sync:check');
    workspace.write({ 'app/ci-cache.json': workspace.read('app/ci-cache.json').replace('"main"', '"trunk"') });
    const { exitCode, all } = await nx('sync:check');
    expect(exitCode).not.toBe(0);
    expect(all).toContain('Workflow files are not as the configuration says.');
    await succeeds('sync');
    await succeeds('sync:check');
    expect(workspace.read('.github/workflows/ci-cache.yml')).toContain('branches: [trunk]');
  });

  it('says in the words of every refusal that it will not overwrite', async () => {
    const { exitCode, all } = await nx('generate nx-ci-cache:configuration app --no-interactive');
    expect(exitCode).not.toBe(0);
    expect(all).toContain('app/ci-cache.json is there already');
    expect(all).toContain('→ Give --force to write it anew');
  });
});
