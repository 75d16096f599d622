/** Where git may go, as somebody wrote it: refused with the place, and without the secret that may stand in it. */
import { invalid, type Place } from '@nx-ci-cache/config';
import { protocolOf } from '@nx-ci-cache/git';

const allowed =
  'https://host/path, ssh://user@host/path, user@host:path, file:///path or /path; http:// only for a loopback address; no user info, query or fragment in an http(s) URL, no password in any';

/** `url` itself. @throws CiCacheError `OptionInvalid` naming file, key, the redacted value and the allowed form. */
export const checkRemote = (url: string, place: Place): string => {
  if (protocolOf(url) !== undefined) return url;
  throw invalid(place, withoutSecrets(url), allowed, `Correct ${place.key} in ${place.file}; ${credentialsHint}`);
};

const credentialsHint =
  'give credentials through the environment (GITHUB_TOKEN, CI_JOB_TOKEN, GIT_ASKPASS, an ssh agent).';

/**
 * All before the last "@" is cut, because a password may hold "/" and a URL that is refused any spelling; so is a query or
 * fragment, and of a URL with an "@" behind those marks, which may belong to either, everything.
 */
const withoutSecrets = (url: string): string =>
  url
    .replace(/^([^/:@?#]*:\/\/)?.*[?#].*@.*$/s, '$1***')
    .replace(/^([^/:@?#]*:\/\/)?.*@/s, '$1***@')
    .replace(/([?#]).*$/s, '$1***');
