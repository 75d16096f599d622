/** Benchmark: publishing against clone, copy, commit, push, by the length of the branch's history: push [rounds] [commits…]. */
import { execFile, execFileSync, type ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publishFiles } from '@nx-ci-cache/branch';
import { git, plainEnvironment } from '@nx-ci-cache/push-faults/src/world/git';
import { startProxy, type Proxy } from '@nx-ci-cache/push-faults/src/world/proxy';
import { startServer } from '@nx-ci-cache/push-faults/src/world/server';
import { branch, file, makeTemplate, requestOf, type Template } from '@nx-ci-cache/push-faults/src/world/template';
import { measuredTable, sideBySide, timed } from './measure';

const [rounds = '5', ...lengths] = process.argv.slice(2);
const pins = Array.from({ length: 670 }, (_, at) => `package-${at}==1.${at}.0`);
let run = 0;

/** One pin of 670 differs each time, as in a daily refresh. */
const nextText = (): string => {
  run += 1;
  return ['# made for a measurement', `changed==${run}`, ...pins, ''].join('\n');
};

/** A branch of `count` commits that each change one pin. */
const grow = (remote: string, count: number): void => {
  const commits = Array.from({ length: count }, (_, at) => {
    const text = [`changed==0.${at}`, ...pins, ''].join('\n');
    const who = `committer Bot <bot@example.com> ${1_700_000_000 + at} +0000`;
    return `commit refs/heads/${branch}\n${who}\ndata 1\nx\nM 100644 inline ${file}\ndata ${text.length}\n${text}\n`;
  });
  git(remote, 'update-ref', '-d', `refs/heads/${branch}`);
  execFileSync('git', ['fast-import', '--quiet'], { cwd: remote, env: plainEnvironment, input: commits.join('') });
  git(remote, 'repack', '-adq');
};

/** Not the synchronous `git`: the server answers from this process. */
const asyncGit = async (cwd: string, ...args: string[]): Promise<void> =>
  void (await promisify(execFile)('git', args, { cwd, env: plainEnvironment }));

const baseline = (url: string, folder: string) => async (): Promise<void> => {
  const clone = mkdtempSync(join(folder, 'clone-'));
  await asyncGit(clone, 'clone', '-q', '--branch', branch, url, '.');
  writeFileSync(join(clone, file), nextText());
  await asyncGit(clone, 'commit', '-q', '--all', '-m', 'Update constraints');
  await asyncGit(clone, 'push', '-q', 'origin', branch);
  rmSync(clone, { recursive: true });
};

/** Seconds in which a git that talks to the remote has run; what remains of the wall time is our local work. */
let transferring = 0;

subscribe('child_process', (message) => {
  const { process: child } = message as { readonly process: ChildProcess };
  const started = performance.now();
  child.once('exit', () => {
    if (child.spawnargs.some((word) => word === 'ls-remote' || word === 'fetch' || word === 'push'))
      transferring += (performance.now() - started) / 1000;
  });
});

const ours = (template: Template, url: string, local: number[]) => async (): Promise<void> => {
  transferring = 0;
  const seconds = await timed(async () => {
    const { result } = await publishFiles(requestOf(template, url, 1, nextText()));
    if (result !== 'pushed') throw new Error(result);
  });
  local.push(seconds - transferring);
};

const moved = async (proxy: Proxy, act: () => Promise<void>): Promise<string> => {
  const before = proxy.passed['to client'];
  await act();
  return `${((proxy.passed['to client'] - before) / 1024).toFixed(0)} KiB`;
};

const main = async (): Promise<void> => {
  const template = await makeTemplate();
  const { folder } = template;
  const server = await startServer(folder, {});
  const proxy = await startProxy(() => server.port);
  try {
    const url = `http://127.0.0.1:${proxy.port}/remote.git`;
    for (const count of lengths.length === 0 ? [100, 2000, 20_000] : lengths.map(Number)) {
      grow(template.remote, count);
      const local: number[] = [];
      const contenders = [
        { name: `clone, copy, commit, push @${count}`, run: baseline(url, folder) },
        { name: `publish, judged and re-read @${count}`, run: ours(template, url, local) },
      ];
      const measured = await sideBySide(contenders, Number(rounds));
      // Without the round that is not counted.
      const counted = local.slice(1).sort((left, right) => left - right);
      const fetched = [];
      for (const each of contenders) fetched.push(await moved(proxy, each.run));
      console.log(
        [
          `min / median / max`,
          ...measuredTable([...measured, { name: '  of that, local work', seconds: counted }]),
          `fetched: ${fetched.join(' against ')}`,
          '',
        ].join('\n'),
      );
    }
  } finally {
    await proxy.close();
    await server.close();
    await template.close();
  }
};

void main();
