/** Build steps whose buildkitd was killed: the kernel gives them to init, and no process tree leads to them any more. */
import { readdir } from 'node:fs/promises';
import { readTextIfPresent } from '@nx-ci-cache/process';
import { identify, type ProcessIdentity } from './identity';

/** Whether a process's own root is an overlay of layers below `folder`: only that node's build steps have one. */
export const isRootedIn = (mountinfo: string, folder: string): boolean =>
  mountinfo
    .split('\n')
    .some((line) => line.split(' ')[4] === '/' && layersOf(line).some((layer) => layer.startsWith(`${folder}/`)));

const layersOf = (line: string): readonly string[] =>
  (line.match(/(?:lower|upper|work)dir=[^, ]+/g) ?? []).flatMap((option) =>
    option.slice(option.indexOf('=') + 1).split(':'),
  );

export const orphansOf = async (folder: string): Promise<readonly ProcessIdentity[]> => {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(pids.map(async (pid) => ((await rooted(pid, folder)) ? identify(pid) : undefined)));
  return found.filter((each) => each !== undefined);
};

const rooted = async (pid: number, folder: string): Promise<boolean> => {
  try {
    return isRootedIn((await readTextIfPresent(`/proc/${pid}/mountinfo`)) ?? '', folder);
  } catch {
    // It ended while it was read, or has no file system of its own (a kernel thread, a zombie).
    return false;
  }
};
