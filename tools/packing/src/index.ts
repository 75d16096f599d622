/** Makes the one published package: shared code once, plugin, executors and generators on top, and all that npm shows of it. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { bundle } from './bundle';
import { entriesOf } from './entries';
import { copyPages } from './pages';
import { published } from './manifest';
import { root, source } from './places';
import { thirdParty } from './third-party';
import { writeTypes } from './types';

/** Writes the package into `target` and returns that folder. */
export const buildPackage = async (target = join(root, 'dist/libs/nx-ci-cache')): Promise<string> => {
  const { modules, files } = entriesOf(source);
  rmSync(target, { recursive: true, force: true });
  const inputs = await bundle(modules, target);
  for (const file of files) cpSync(join(source, file), join(target, file));
  const schemas = [
    'config/src/ci-cache.schema.json',
    'report/src/refresh.schema.json',
    'report/src/status.schema.json',
  ];
  for (const schema of schemas) cpSync(join(root, 'libs', schema), join(target, basename(schema)));
  const manifest = published();
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(target, 'THIRD-PARTY.md'), thirdParty(inputs));
  writeTypes(join(target, 'src/index.d.ts'));
  copyPages(target, manifest.homepage);
  return target;
};

if (require.main === module) void buildPackage().then(console.log);
