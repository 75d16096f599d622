/** A fresh Nx workspace with the packed plugin installed as users install it; tests copy it, which is cheaper than npm. */
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { buildPackage } from '@nx-ci-cache/packing';
import { execute } from './execute';

/**
 * @param nx its version.
 * @param home where the packed plugin lies; it is made where there is none yet. Default: beside the template.
 */
export const makeTemplate = async (folder: string, nx = '23.2.1', home = dirname(folder)): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  const packed = join(home, 'nx-ci-cache.tgz');
  if (!existsSync(packed)) await pack(home, packed);
  const json = (name: string, value: unknown) => writeFileSync(join(folder, name), JSON.stringify(value, null, 2));
  json('package.json', {
    name: 'fresh',
    private: true,
    devDependencies: { nx, '@nx/devkit': nx, 'nx-ci-cache': `file:${relative(folder, packed)}` },
  });
  json('nx.json', { neverConnectToCloud: true, analytics: false, plugins: ['nx-ci-cache'] });
  writeFileSync(join(folder, '.gitignore'), 'node_modules\ndist\n.nx\n');
  writeFileSync(join(folder, '.npmrc'), 'omit-lockfile-registry-resolved=true\naudit=false\nfund=false\n');
  await execute('npm', ['install', '--no-progress'], { cwd: folder });
};

const pack = async (home: string, packed: string): Promise<void> => {
  const built = await buildPackage(join(home, 'package'));
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', home], { cwd: built });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  renameSync(join(home, filename), packed);
};
