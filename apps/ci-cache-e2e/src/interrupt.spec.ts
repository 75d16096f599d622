/** A run that is ended in the middle, however that happens, leaves no process, no folder and no untrue record. */
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { processesOf } from '@nx-ci-cache/process/src/testing/processes';
import { paired } from '@nx-ci-cache/process/src/testing/sample';
import { dockerfileRunning, oneLegProject, onlyLeg } from './support/one-leg';
import { isRunning, processesRunning, treeOf, until } from './support/processes';
import type { LegRecord, PushRecord, RefreshReport } from './support/records';
import { Registry } from './support/registry';
import { Workspace } from './support/workspace';

/** For so long that it never ends by itself, and like no other. */
const asleep = ['sleep', String(1_000_000 + process.pid)];

/** Each way to end a run that began with the process `nx`, which leads a group. */
const ends: Readonly<Record<string, (nx: number) => void>> = {
  'SIGINT to the group, as Ctrl-C': (nx) => process.kill(-nx, 'SIGINT'),
  'SIGHUP to the group, as a terminal that closes': (nx) => process.kill(-nx, 'SIGHUP'),
  'SIGTERM to nx': (nx) => process.kill(nx, 'SIGTERM'),
  'SIGKILL to nx': (nx) => process.kill(nx, 'SIGKILL'),
};

const cases = paired(Object.entries(ends), ['pushes', 'builds'] as const);
const endsWhileIt = (does: (typeof cases)[number][1]) => cases.filter(([, when]) => when === does).map(([end]) => end);

describe('a run that is ended', () => {
  let workspace: Workspace;
  let registry: Registry;
  let home: string;
  const temporary = () => join(home, 'tmp');
  const hook = () => join(workspace.remote, 'hooks/pre-receive');
  const recordOf = <Record>(path: string): Record | undefined =>
    existsSync(join(workspace.folder, 'dist/app', path)) ? workspace.record<Record>(path) : undefined;

  beforeAll(async () => {
    workspace = await Workspace.create();
    registry = new Registry(workspace);
    home = dirname(workspace.folder);
    mkdirSync(temporary());
    workspace.write(oneLegProject(workspace.images, asleep.join(' ')));
    await workspace.commit('a build that takes long');
  });

  /** Runs until `asleep` runs, ends the run, and waits until nothing of it is left. */
  const interrupted = async (end: (nx: number) => void): Promise<void> => {
    const nx = workspace.beginNx(['run', 'app:refresh'], { TMPDIR: temporary() });
    const pid = nx.pid as number;
    const ended = once(nx, 'exit');
    await until('the command that takes long', () => processesRunning(...asleep).length > 0 || !isRunning(pid));
    expect(processesRunning(...asleep)).toHaveLength(1);
    const tree = treeOf(pid);
    end(pid);
    await ended;
    await until('the end of every process', () => !tree.some(isRunning) && processesOf(home).length === 0);
    await until('the end of what takes long', () => processesRunning(...asleep).length === 0);
    await until(
      'no folder',
      () => readdirSync(temporary()).filter((name) => name.startsWith('ci-cache-')).length === 0,
    );
  };

  describe('while it pushes', () => {
    beforeAll(() => {
      writeFileSync(hook(), `#!/bin/sh\nexec ${asleep.join(' ')}\n`);
      chmodSync(hook(), 0o755);
    });
    afterAll(() => rmSync(hook()));

    it.each(endsWhileIt('pushes'))('by %s', async (_how, end) => {
      await interrupted(end);
      // Nx ends everything under it, and a remote on this machine is: its hook, when it dies first, refuses.
      expect([undefined, 'failed', 'refused']).toContain(recordOf<PushRecord>('push.json')?.result);
      expect(await workspace.tip()).toBe('');
      expect(recordOf(`legs/${onlyLeg}.json`)).toBeUndefined();
    });
  });

  describe('while it builds', () => {
    it.each(endsWhileIt('builds'))('by %s', async (_how, end) => {
      await interrupted(end);
      expect(recordOf<PushRecord>('push.json')?.newCommit).toBe(await workspace.tip());
      expect([undefined, 'failed']).toContain(
        recordOf<LegRecord | { result: 'failed' }>(`legs/${onlyLeg}.json`)?.result,
      );
      expect(await registry.tags()).toEqual({});
    });
  });

  it('hinders no later one', async () => {
    workspace.write({ 'app/image/Dockerfile': dockerfileRunning('true') });
    await workspace.commit('a build that ends');
    const { exitCode, all } = await workspace.run('refresh');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(recordOf<LegRecord>(`legs/${onlyLeg}.json`)?.result).toBe('built');
    expect(recordOf<RefreshReport>('refresh.json')?.failed).toEqual([]);
  });
});
