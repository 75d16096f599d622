import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { stackEnv } from '@nx-ci-cache/testbed';
import { execute } from './support/execute';
import { commandBlocks, commandLines } from './support/page';
import type { PushRecord, RefreshReport } from './support/records';
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

  /** The page's own commands, which the README has too. */
  const [start = ''] = commandBlocks('docs/getting-started.md');
  const [add, configure, commit, preview, publish, pipeline] = commandLines(start);

  /** As a person without a configuration has it: uv on PATH, and no switch but those given. */
  const shell = (line = '') => {
    const { GIT_CONFIG_NOSYSTEM: _, HOME: _home, PATH: _path, ...identity } = gitEnvironment;
    return workspace.shell(line, {
      ...identity,
      CI_CACHE_ANSWER: '',
      PATH: `${bin}:${process.env['PATH']}`,
      UV_PYTHON_DOWNLOADS: 'never',
    });
  };
  const succeeds = async (line = ''): Promise<string> => {
    const { exitCode, all } = await shell(line);
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
      'app/.python-version': `${python}\n`,
    });
    await workspace.git('remote', 'add', 'origin', workspace.remote);
    await workspace.commit('a Python application');
  });

  it('goes by the commands of the page, which are those of the README', () => {
    const [, fromReadme = ''] = commandBlocks('README.md');
    expect(commandLines(fromReadme)).toEqual(commandLines(start));
    expect(commandLines(start)).toHaveLength(6);
  });

  it('is made ready, and stays so', async () => {
    expect(add).toBe('npx nx add nx-ci-cache');
    // The packed plugin is installed already: what is left of `nx add` is the generator it ends with.
    const init = 'npx nx generate nx-ci-cache:init';
    const said = await succeeds(init);
    expect(said).toContain('Next: npx nx generate nx-ci-cache:configuration');
    expect(workspace.read('nx.json')).toBe(
      '{\n  // no cloud\n  "neverConnectToCloud": true,\n  "analytics": false,\n  "plugins": [\n    "nx-ci-cache"\n  ]\n}\n',
    );
    const ready = workspace.read('nx.json') + workspace.read('.gitignore');
    await succeeds(init);
    expect(workspace.read('nx.json') + workspace.read('.gitignore')).toBe(ready);
  });

  it('gets a configuration with which the first refresh publishes what its gate installed', async () => {
    const said = await succeeds(configure);
    expect(said).toContain('requirements.txt: its requirements');
    await succeeds(commit);
    await succeeds(preview);
    expect(workspace.record<PushRecord>('push.json').result).toBe('previewed');
    expect(await workspace.tip()).toBe('');
    await succeeds(publish);
    expect(workspace.record<PushRecord>('push.json').result).toBe('pushed');
    expect(workspace.record<RefreshReport>('refresh.json').failed).toEqual([]);
    const branch = ['constraints-main', '--'] as const;
    expect(await workspace.published('show', `constraints-main:constraints-${python}.txt`)).toMatch(/^iniconfig==/m);
    expect(await workspace.published('log', '-1', '--format=%B', ...branch)).toContain(
      'Tested: app:test-with-constraints used all files',
    );
  });

  it('keeps the workflow equal to the configuration', async () => {
    await succeeds(pipeline);
    await succeeds('npx nx sync:check');
    workspace.write({ 'app/ci-cache.json': workspace.read('app/ci-cache.json').replace('"main"', '"trunk"') });
    const { exitCode, all } = await shell('npx nx sync:check');
    expect(exitCode).not.toBe(0);
    expect(all).toContain('Workflow files are not as the configuration says.');
    await succeeds('npx nx sync');
    await succeeds('npx nx sync:check');
    expect(workspace.read('.github/workflows/ci-cache.yml')).toContain('branches: [trunk]');
  });

  it('says in the words of every refusal that it will not overwrite', async () => {
    const { exitCode, all } = await shell(configure);
    expect(exitCode).not.toBe(0);
    expect(all).toContain('app/ci-cache.json is there already');
    expect(all).toContain('→ Give --force to write it anew');
  });
});
