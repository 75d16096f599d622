/** Versions of what runs us: an older Node or Nx fails somewhere else, with words about something else. */
import { readFile } from 'node:fs/promises';
import { CiCacheError } from '@nx-ci-cache/process';

/** Why a version does not do, and what mends it; undefined when it does. */
interface Unfit {
  readonly says: string;
  readonly mend: string;
}

export const unfitNode = (version: string): Unfit | undefined =>
  isAtLeast(version, [20, 19])
    ? undefined
    : { says: `Node ${version} is too old: at least 20.19 is needed`, mend: 'Install Node 22: nvm install 22' };

/** @param version undefined when the workspace has no Nx of its own. */
export const unfitNx = (version: string | undefined): Unfit | undefined => {
  if (version === undefined) {
    return { says: 'this workspace has no Nx', mend: 'Install it: npm install --save-dev nx' };
  }
  if (!isAtLeast(version, [22, 7])) {
    return {
      says: `Nx ${version} is too old: at least 22.7 is needed`,
      mend: 'Install a newer one: npx nx migrate latest',
    };
  }
  if (!isAtLeast(version, [25, 0])) return undefined;
  return {
    says: `Nx ${version} is newer than what this version was tested with`,
    mend: 'Update nx-ci-cache: npx nx migrate nx-ci-cache',
  };
};

/** @throws CiCacheError `OptionInvalid` for the first that does not do. */
export const refuseVersions = ({ node, nx }: { readonly node: string; readonly nx: string | undefined }): void => {
  const unfit = unfitNode(node) ?? (nx === undefined ? undefined : unfitNx(nx));
  if (unfit !== undefined) throw new CiCacheError('OptionInvalid', unfit.says, { remedy: `${unfit.mend}.` });
};

/** Of the file itself: loading the devkit to ask would cost more than all the rest. */
export const nxVersion = async (workspaceRoot: string): Promise<string | undefined> => {
  try {
    const file = require.resolve('nx/package.json', { paths: [workspaceRoot] });
    return (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version;
  } catch {
    return undefined;
  }
};

const isAtLeast = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [ownMajor = 0, ownMinor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
};
