import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawn } from '@nx-ci-cache/process/src/testing/sample';
import { execute } from './support/execute';
import { e2eFolder, Workspace } from './support/workspace';

interface Manager {
  /** Name and version in the registry. */
  readonly from: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** How packages are found. By Plug'n'Play there is no node_modules, and yarn is what starts nx. */
  readonly linker: 'node-modules' | 'pnp';
}

const managers: readonly Manager[] = [
  { from: 'npm@11', command: 'npm', arguments: ['install', '--no-audit', '--no-fund'], linker: 'node-modules' },
  { from: 'pnpm@10', command: 'pnpm', arguments: ['install', '--no-frozen-lockfile'], linker: 'node-modules' },
  { from: 'yarn@1', command: 'yarn', arguments: ['install', '--ignore-engines'], linker: 'node-modules' },
  { from: '@yarnpkg/cli-dist@4', command: 'yarn', arguments: ['install'], linker: 'node-modules' },
  { from: '@yarnpkg/cli-dist@4', command: 'yarn', arguments: ['install'], linker: 'pnp' },
];

const json = (path: string, value: object) => writeFileSync(path, JSON.stringify(value, null, 2));

describe.each(drawn(managers, 2))('the plugin installed by $from ($linker)', (manager) => {
  let home: string;
  let workspace: Workspace;
  let env: Record<string, string>;
  const nx = manager.linker === 'pnp' ? 'yarn nx' : 'node_modules/.bin/nx';

  /** The packed plugin as another version of itself. */
  const pack = async (version: string): Promise<string> => {
    const folder = join(home, version);
    cpSync(join(e2eFolder(), 'package'), folder, { recursive: true });
    const path = join(folder, 'package.json');
    json(path, { ...(JSON.parse(readFileSync(path, 'utf8')) as object), version });
    await execute('npm', ['pack', '--pack-destination', home], { cwd: folder });
    return `file:${join(home, `nx-ci-cache-${version}.tgz`)}`;
  };

  const install = async (packages: object): Promise<void> => {
    const both = { nx: '23.2.1', '@nx/devkit': '23.2.1' };
    json(join(workspace.folder, 'package.json'), {
      name: 'fresh',
      private: true,
      devDependencies: { ...both, ...packages },
    });
    await execute(join(home, 'node_modules/.bin', manager.command), manager.arguments, { cwd: workspace.folder, env });
  };

  const isHit = async (): Promise<boolean> => {
    const { exitCode, all } = await workspace.shell(`${nx} run app:generate-constraints--core-3.13`, env);
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    return /nx run app:generate-constraints--core-3\.13 +\[.*cache/.test(all);
  };

  beforeAll(async () => {
    home = mkdtempSync(join(e2eFolder(), 'manager-'));
    workspace = await Workspace.create();
    for (const name of ['node_modules', 'package-lock.json']) rmSync(join(workspace.folder, name));
    json(join(home, 'package.json'), { private: true });
    await execute('npm', ['install', manager.from, '--no-audit', '--no-fund'], { cwd: home });
    const registry = (await execute('npm', ['config', 'get', 'registry'], { cwd: home })).stdout.trim();
    env = {
      PATH: `${join(home, 'node_modules/.bin')}:${process.env['PATH']}`,
      CI_CACHE_ANSWER: '',
      npm_config_registry: registry,
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_NODE_LINKER: manager.linker,
      YARN_ENABLE_TELEMETRY: '0',
    };
  });

  it('is in the hash of a cell by its version, and the rest of the lockfile is not', async () => {
    const first = await pack('0.1.0');
    await install({ 'nx-ci-cache': first });
    expect(await isHit()).toBe(false);
    expect(await isHit()).toBe(true);
    mkdirSync(join(workspace.folder, 'unrelated'));
    json(join(workspace.folder, 'unrelated/package.json'), { name: 'unrelated', version: '1.0.0' });
    await install({ 'nx-ci-cache': first, unrelated: 'file:./unrelated' });
    expect(await isHit()).toBe(true);
    await install({ 'nx-ci-cache': await pack('0.1.1'), unrelated: 'file:./unrelated' });
    expect(await isHit()).toBe(false);
  });
});
