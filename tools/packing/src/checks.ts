/** A process of a test: builds the package, packs it, and prints all that is to be said of it, since jest cannot load these. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { buildPackage } from '.';
import { entriesOf } from './entries';
import { source } from './places';
import { surfaceOf } from './surface';

export interface Checked {
  readonly folder: string;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly publint: readonly object[];
  readonly types: readonly object[];
  /** Entries from which Nx would get no function. */
  readonly unloadable: readonly string[];
  readonly surface: string;
}

/** As Nx loads them. */
const load = createRequire(__filename);

const main = async (target: string): Promise<Checked> => {
  const folder = await buildPackage(join(target, 'package'));
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', target], { cwd: folder });
  const [{ filename, unpackedSize }] = JSON.parse(String(packed));
  const tarball = new Uint8Array(readFileSync(join(target, filename)));
  const { messages } = await publint({ strict: true, pack: { tarball: tarball.buffer } });
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  const unloadable = entriesOf(source)
    .modules.filter((path) => path !== 'src/index.ts')
    .filter((path) => typeof load(join(folder, path.replace(/\.ts$/, '.js'))).default !== 'function');
  return {
    folder,
    packedBytes: statSync(join(target, filename)).size,
    unpackedBytes: unpackedSize,
    publint: messages,
    types: analysis.types === false ? [{ kind: 'no types' }] : analysis.problems,
    unloadable,
    surface: await surfaceOf(folder),
  };
};

void main(process.argv[2] ?? '').then((checked) => console.log(JSON.stringify(checked)));
