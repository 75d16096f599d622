/** Process groups we started: a helper of a child (git-remote-https, a build) must not outlive it, nor us. */

export const endGroup = (pid: number): void => {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already: nothing is left to end.
  }
};
