/** A fresh Nx workspace with the packed plugin installed as users install it; tests copy it, which is cheaper than npm. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from '@nx-ci-cache/packing';
import { execute } from './execute';

export const makeTemplate = async (folder: string, nx = '23.2.1'): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const built = await buildPackage(join(folder, '..', 'package'));
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', join(folder, '..')], { cwd: built });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const json = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
  json('package.json', {
    name: 'fresh',
    private: true,
    devDependencies: { nx, '@nx/devkit': nx, 'nx-ci-cache': `file:../${filename}` },
  });
  json('nx.json', { neverConnectToCloud: true, analytics: false, plugins: ['nx-ci-cache'] });
  writeFileSync(join(folder, '.gitignore'), 'node_modules\ndist\n.nx\n');
  writeFileSync(join(folder, '.npmrc'), 'omit-lockfile-registry-resolved=true\naudit=false\nfund=false\n');
  await execute('npm', ['install', '--no-progress'], { cwd: folder });
};
