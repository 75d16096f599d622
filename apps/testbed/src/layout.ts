/** Where everything of one stack lives: pure functions of its state folder. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DaemonName, NodeName } from './words';

export interface Layout {
  readonly folder: string;
  readonly state: string;
  readonly lock: string;
  readonly sockets: string;
  readonly remote: string;
  readonly buildxConfig: string;
  readonly config: (name: DaemonName) => string;
  readonly log: (name: DaemonName) => string;
  readonly data: (name: DaemonName) => string;
  readonly socket: (name: NodeName) => string;
}

export const repoFolder = resolve(__dirname, '../../..');

/** The state folder of this environment: `TESTBED_STACK`, or `.stack` in the repository. */
export const stateFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(env['TESTBED_STACK'] || join(repoFolder, '.stack'));

export const layoutOf = (stateDir: string): Layout => {
  const folder = resolve(stateDir);
  const sockets = socketFolder(folder);
  return {
    folder,
    state: join(folder, 'stack.json'),
    lock: join(folder, 'lock'),
    sockets,
    remote: join(folder, 'remote.git'),
    buildxConfig: join(folder, 'buildx'),
    config: (name) => join(folder, name, name === 'registry' ? 'config.yml' : 'buildkitd.toml'),
    log: (name) => join(folder, name, 'log'),
    data: (name) => join(folder, name, 'data'),
    socket: (name) => join(sockets, `${name}.sock`),
  };
};

/**
 * A unix socket's path holds at most 107 characters, which a state folder may exceed. The name follows from the folder,
 * so that a builder that was created with these endpoints is still right after `down` and `up`.
 */
const socketFolder = (folder: string): string =>
  join(
    tmpdir(),
    `ci-cache-${process.getuid?.() ?? 0}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`,
  );
