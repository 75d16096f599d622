/** Process groups we started: a helper of a child (git-remote-https, a build) must not outlive it, nor us. */

const running = new Set<number>();
let isWatching = false;

/** Remembers a group until `forget`, and ends it should this process end first. */
export const remember = (pid: number | undefined): void => {
  if (pid === undefined) return;
  running.add(pid);
  if (isWatching) return;
  isWatching = true;
  // One listener for all groups: one each would be taken for a leak. First of all: folders they write to go next.
  process.prependOnceListener('exit', () => running.forEach(endGroup));
};

export const forget = (pid: number | undefined): void => {
  if (pid !== undefined) running.delete(pid);
};

export const endGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already: nothing is left to end.
  }
};
