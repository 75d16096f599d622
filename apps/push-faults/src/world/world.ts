/** One fault's own world: a remote of its own behind its own server and proxy, and folders nobody else uses. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git';
import { startProxy, type Proxy } from './proxy';
import { startServer, type GitServer } from './server';
import { branch, type Template } from './template';

export type Transport = 'file' | 'http';

export interface World {
  readonly template: Template;
  readonly folder: string;
  /** Where a `git` may stand before the real one. */
  readonly bin: string;
  readonly remote: string;
  readonly transport: Transport;
  /** The remote as the publication reaches it. */
  readonly url: string;
  readonly server: GitServer;
  readonly proxy: Proxy;
  readonly env: Readonly<Record<string, string>>;
  readonly onRemote: (...args: string[]) => string;
  readonly tip: () => string | null;
  /** Commits of the branch, newest first. */
  readonly history: () => string[];
  readonly close: () => Promise<void>;
}

export const openWorld = async (template: Template, transport: Transport, fresh: boolean): Promise<World> => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fault-')));
  const [bin, temporary, remote] = [join(folder, 'bin'), join(folder, 'tmp'), join(folder, 'remote.git')];
  for (const each of [bin, temporary]) mkdirSync(each);
  cpSync(fresh ? template.fresh : template.remote, remote, { recursive: true });
  // Every process of this world bears its folder in the environment; so it is found, whoever its parent is.
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: join(folder, 'home'), TMPDIR: temporary };
  const server = await startServer(folder, { FAULT_WORLD: `${folder}/` });
  const proxy = await startProxy(() => server.port);
  const onRemote = (...args: string[]) => git(remote, ...args);
  const tip = () => onRemote('for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`) || null;
  return {
    template,
    folder,
    bin,
    remote,
    transport,
    url: transport === 'file' ? `file://${remote}` : `http://${proxy.host}:${proxy.port}/remote.git`,
    server,
    proxy,
    env,
    onRemote,
    tip,
    history: () => (tip() === null ? [] : onRemote('rev-list', `refs/heads/${branch}`).split('\n')),
    close: async () => {
      await proxy.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
