/** Where a checkout stands: its folder, the commit, the ref, and what its own configuration says. */
import { CiCacheError } from '@nx-ci-cache/process';
import { brokenOff } from '../command/answer';
import { printedOids } from '../oid';
import type { Checkout } from './checkout';

/** Full object id of the commit that is checked out. @throws CiCacheError `CommandFailed` outside a checkout. */
export const headOf = async ({ text }: Checkout, folder: string): Promise<string> => {
  try {
    const [commit = ''] = printedOids('rev-parse', await text(['rev-parse', '--verify', 'HEAD^{commit}']));
    return commit;
  } catch (cause) {
    throw new CiCacheError('CommandFailed', `no commit is checked out in ${folder}`, {
      remedy: 'Run inside a git checkout with at least one commit.',
      cause,
    });
  }
};

/** Full ref that is checked out, undefined for a commit of its own. @throws CiCacheError `CommandFailed` */
export const headRefOf = async ({ answer }: Checkout): Promise<string | undefined> => {
  const ref = await answer(['symbolic-ref', '--quiet', 'HEAD']);
  return ref === undefined ? undefined : wholeLine('symbolic-ref', ref);
};

/** Top folder of the checkout, without links. @throws CiCacheError `CommandFailed` */
export const rootOf = async ({ text }: Checkout): Promise<string> =>
  wholeLine('rev-parse', await text(['rev-parse', '--show-toplevel']));

/** Where the folder git runs in lies below the top, with a slash at its end; empty for the top. @throws CiCacheError `CommandFailed` */
export const prefixOf = async ({ text }: Checkout): Promise<string> => {
  const answer = await text(['rev-parse', '--show-prefix']);
  return answer === '\n' ? '' : wholeLine('rev-parse', answer);
};

/** Absolute path of a file of the repository, which need not be there. @throws CiCacheError `CommandFailed` */
export const gitPathOf = async ({ text }: Checkout, file: string): Promise<string> =>
  wholeLine('rev-parse', await text(['rev-parse', '--path-format=absolute', '--git-path', file]));

/** Absolute path of what all work trees of the repository share. @throws CiCacheError `CommandFailed` */
export const commonFolderOf = async ({ text }: Checkout): Promise<string> =>
  wholeLine('rev-parse', await text(['rev-parse', '--path-format=absolute', '--git-common-dir']));

/** `sha1` or `sha256`. @throws CiCacheError `CommandFailed` */
export const objectFormatOf = async ({ text }: Checkout): Promise<string> =>
  wholeLine('rev-parse', await text(['rev-parse', '--show-object-format']));

/** What broke off has no end; a folder's name may hold a line feed of its own. */
const wholeLine = (command: string, answer: string): string => {
  if (answer.length < 2 || !answer.endsWith('\n')) throw brokenOff(command);
  return answer.slice(0, -1);
};

/** Whether history was cut off when it was cloned. @throws CiCacheError `CommandFailed` */
export const isShallow = async ({ text }: Checkout): Promise<boolean> =>
  wholeLine('rev-parse', await text(['rev-parse', '--is-shallow-repository'])) === 'true';

/** Names of the checkout's remotes. @throws CiCacheError `CommandFailed` */
export const remotesOf = async ({ text }: Checkout): Promise<string[]> =>
  (await text(['remote'])).split('\n').filter((name) => name !== '');

/** Values of a key in the checkout's own configuration; rewrites such as `insteadOf` do not count. @throws CiCacheError `CommandFailed` */
export const configOf = async ({ answer }: Checkout, key: string): Promise<string[]> => {
  const values = (await answer(['config', '--local', '-z', '--get-all', key]))?.split('\0');
  if (values === undefined) return [];
  if (values.length < 2 || values.pop() !== '') throw brokenOff('config');
  return values;
};
