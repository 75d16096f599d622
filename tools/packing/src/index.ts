/** Makes the one published package: every library bundled readably into plugin and executors, with source maps. */
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compiledSchema } from './compiled-schema';

const root = join(__dirname, '../../..');
const source = join(root, 'libs/nx-ci-cache');

/** Writes the package into `target` and returns that folder. */
export const buildPackage = async (target = join(root, 'dist/libs/nx-ci-cache')): Promise<string> => {
  const executors = readdirSync(join(source, 'src/executors'));
  rmSync(target, { recursive: true, force: true });
  await build({
    absWorkingDir: source,
    entryPoints: ['src/index.ts', ...executors.map((name) => `src/executors/${name}/executor.ts`)],
    outdir: target,
    outbase: '.',
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    external: ['@nx/devkit'],
    plugins: [compiledSchema],
    // Packages published for both module systems: the ES module is the one that can be bundled readably.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  for (const name of executors) copy(target, `src/executors/${name}/schema.json`);
  copy(target, 'executors.json');
  cpSync(join(root, 'libs/config/src/ci-cache.schema.json'), join(target, 'ci-cache.schema.json'));
  for (const file of ['README.md', 'LICENSE']) cpSync(join(root, file), join(target, file));
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(published(), null, 2)}\n`);
  return target;
};

const copy = (target: string, file: string): void => cpSync(join(source, file), join(target, file));

/** The manifest without what only this workspace needs: all libraries are in the bundle. */
const published = () => {
  const { nx, devDependencies, types, ...manifest } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  void [nx, devDependencies, types];
  return { ...manifest, main: './src/index.js' };
};

if (require.main === module) void buildPackage().then(console.log);
