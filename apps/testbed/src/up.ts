/** Brings the stack up: starts what is not running, waits until it answers, fills in the remote and the base images. */
import { randomBytes } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { daemonSpec, launch } from './daemons';
import { StackError } from './errors';
import { layoutOf, type Layout } from './layout';
import { ensureBases } from './parts/bases';
import { ensureRemote } from './parts/remote';
import { awaitReady } from './process/daemon';
import { isRunning } from './process/identity';
import { withLock } from './process/lock';
import { freePort } from './process/port';
import { readState, writeState, type StackState } from './state';
import { findTools } from './tools';
import { isDaemon, partNames, type DaemonName, type PartName } from './words';

export interface UpOptions {
  /** Which parts; all by default. `bases` needs `registry`. */
  readonly parts?: readonly PartName[];
}

export const up = async (stateDir: string, { parts = partNames }: UpOptions = {}): Promise<void> => {
  requireRoot();
  const layout = layoutOf(stateDir);
  await mkdir(layout.buildxConfig, { recursive: true });
  await makePrivate(layout.sockets);
  await withLock(layout.lock, async () => {
    const state = await startMissing(layout, parts.filter(isDaemon));
    await Promise.all([
      ...(parts.includes('remote') ? [ensureRemote(layout)] : []),
      ...(parts.includes('bases') ? [ensureBases(state.registryPort, state.tools)] : []),
    ]);
  });
};

const startMissing = async (layout: Layout, wanted: readonly DaemonName[]): Promise<StackState> => {
  const before = await readState(layout);
  const missing = await notRunning(before, wanted);
  const registryPort =
    missing.includes('registry') || !before ? await freePort(before?.registryPort) : before.registryPort;
  const state: StackState = {
    registryPort,
    registrySecret: before?.registrySecret ?? randomBytes(16).toString('hex'),
    tools: await findTools(),
    daemons: { ...before?.daemons },
  };
  let current = state;
  for (const name of missing) {
    current = { ...current, daemons: { ...current.daemons, [name]: await launch(layout, state, name) } };
    // Before anything else may fail: a process nobody remembers could never be ended.
    await writeState(layout, current);
  }
  await writeState(layout, current);
  await Promise.all(missing.map((name) => awaitStarted(layout, current, name)));
  return current;
};

const awaitStarted = async (layout: Layout, state: StackState, name: DaemonName): Promise<void> => {
  const started = state.daemons[name];
  if (started !== undefined) await awaitReady(daemonSpec(layout, state, name), started);
};

const notRunning = async (
  state: StackState | undefined,
  names: readonly DaemonName[],
): Promise<readonly DaemonName[]> => {
  const running = await Promise.all(names.map((name) => isRunning(state?.daemons[name])));
  return names.filter((_name, position) => !running[position]);
};

/** The name can be guessed and the parent is everybody's: a folder a stranger made there is refused. */
const makePrivate = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await lstat(folder);
  if (found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0) return;
  throw new StackError(`${folder} is not a private folder of this user.`, `Remove it: rm -r ${folder}`);
};

const requireRoot = (): void => {
  if (process.getuid?.() === 0) return;
  throw new StackError('buildkitd mounts file systems and needs root.', 'Run it as root: sudo -E tools/stack up');
};
