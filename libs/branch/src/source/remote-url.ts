/** Turns `push.remote`, a name or a URL, into the URL git will be given, checked before anything runs. */
import { invalid, type Place } from '@nx-ci-cache/config';
import { checkout, configOf, remotesOf, type Deadline } from '@nx-ci-cache/git';
import { CiCacheError } from '@nx-ci-cache/process';
import { checkRemote } from '../remote/remote';

const remoteName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * The URL of `remote`. A name is looked up in the checkout's own configuration, where `insteadOf` rewrites do not count.
 * @throws CiCacheError `OptionInvalid` naming file, key, redacted value, the allowed form and what to do.
 */
export const remoteUrl = async (
  workspaceRoot: string,
  remote: string,
  place: Place,
  deadline: Deadline = {},
): Promise<string> => {
  if (!remoteName.test(remote)) return checkRemote(remote, place);
  const key = `remote.${remote}.url`;
  const urls = await configOf(checkout(workspaceRoot, deadline), key);
  const [url, second] = urls.filter((text) => text !== '');
  if (url === undefined) throw noRemote(remote, await remotesOf(checkout(workspaceRoot, deadline)), place);
  if (second !== undefined) {
    throw invalid(
      place,
      remote,
      'a git URL, or the name of a remote of this checkout that has one URL',
      `Leave one of its URLs: git remote set-url --delete ${remote} <URL>; or write the URL into ${place.key} of ${place.file}.`,
    );
  }
  return checkRemote(withoutToken(url), { file: '.git/config', key: `${key} (${place.key} in ${place.file})` });
};

/** Nobody need have written its name: it has a default. */
const noRemote = (remote: string, others: readonly string[], { file, key }: Place) =>
  new CiCacheError(
    'OptionInvalid',
    `this checkout has no remote ${JSON.stringify(remote)}${others.length === 0 ? '' : `, only ${others.join(', ')}`}`,
    {
      remedy: `Add it: git remote add ${remote} <URL>; or name another one, or a URL, in ${key} of ${file} (default: "origin").`,
      data: { remote, others },
    },
  );

/** GitLab's runner writes its token into the checkout's remote; ours comes from the environment. */
const withoutToken = (url: string): string => url.replace(/^(https?:\/\/)gitlab-ci-token:[^/@]*@/i, '$1');
