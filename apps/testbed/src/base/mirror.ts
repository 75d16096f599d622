/** The Debian mirror of this run: named by the environment, or the machine's own. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StackError } from '../errors';
import { debianMirrorIn } from './apt-sources';

export const debianMirror = async (env: NodeJS.ProcessEnv = process.env): Promise<string> =>
  env['TESTBED_DEBIAN_MIRROR'] || (debianMirrorIn(await sourceTexts('/etc/apt')) ?? unknownMirror());

const sourceTexts = async (apt: string): Promise<readonly string[]> => {
  const parts = join(apt, 'sources.list.d');
  const names = existsSync(parts) ? (await readdir(parts)).sort() : [];
  const files = [
    join(apt, 'sources.list'),
    ...names.filter((name) => /\.(list|sources)$/.test(name)).map((name) => join(parts, name)),
  ];
  return Promise.all(files.filter((file) => existsSync(file)).map((file) => readFile(file, 'utf8')));
};

const unknownMirror = (): never => {
  throw new StackError(
    'The base images are made from Debian packages, and no Debian mirror is named in /etc/apt (on Ubuntu there is none).',
    'Set TESTBED_DEBIAN_MIRROR to the address of a Debian archive and run it again.',
  );
};
