/** Versions of what runs us: an older Node or Nx fails somewhere else, with words about something else. */
import type { Finding } from '@nx-ci-cache/report';
import { well, wrong } from './check';

export const judgeNode = (version: string): Finding =>
  isAtLeast(version, [20, 19])
    ? well(`Node ${version}`)
    : wrong(`Node ${version} is too old: at least 20.19 is needed`, 'Install Node 22: nvm install 22');

/** @param version undefined when the workspace has no Nx of its own. */
export const judgeNx = (version: string | undefined): Finding => {
  const mend = 'Install a newer one: npx nx migrate latest';
  if (version === undefined) return wrong('this workspace has no Nx', 'Install it: npm install --save-dev nx');
  if (!isAtLeast(version, [22, 7])) return wrong(`Nx ${version} is too old: at least 22.7 is needed`, mend);
  return isAtLeast(version, [25, 0])
    ? wrong(
        `Nx ${version} is newer than what this version was tested with`,
        'Update nx-ci-cache: npx nx migrate nx-ci-cache',
      )
    : well(`Nx ${version}`);
};

const isAtLeast = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};
