/** Where git may go: a transport that cannot be redirected, and no secret in a URL, where argv and errors would show it. */
import { invalid, type Place } from '@nx-ci-cache/config';
import { invisible } from '@nx-ci-cache/process';

/** A git transport as `GIT_ALLOW_PROTOCOL` names it. */
export type Protocol = 'https' | 'http' | 'ssh' | 'file';

const allowed =
  'https://host/path, ssh://user@host/path, user@host:path, file:///path or /path; http:// only for a loopback address; no user info, query or fragment in an http(s) URL, no password in any';
const scpLike = /^(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?![/\\]{2}|:)[^\s@:-][^\s@]*$/;
const sshUrl = /^ssh:\/\/(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-f:]+\])(?::\d+)?\/./i;
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The transport of an allowed URL, undefined for any other. */
export const protocolOf = (url: string): Protocol | undefined => {
  if (invisible.test(url) || url.includes('\\')) return undefined;
  if (url.startsWith('/')) return 'file';
  if (/^file:\/\/\//i.test(url)) return 'file';
  if (/^ssh:/i.test(url)) return sshUrl.test(url) ? 'ssh' : undefined;
  if (/^https?:\/\/[^/]/i.test(url)) return webProtocol(url);
  return scpLike.test(url) ? 'ssh' : undefined;
};

const webProtocol = (text: string): Protocol | undefined => {
  const url = parseUrl(text);
  // From the text: URL drops an empty user info ("https://@host"), git and curl may not.
  const [, , authority = ''] = text.split('/', 3);
  // An empty port is a password that begins with "/", which would pass for a path.
  if (url === undefined || authority.includes('@') || authority.endsWith(':')) return undefined;
  if (url.search !== '' || url.hash !== '') return undefined;
  if (url.protocol === 'https:') return 'https';
  return loopback.test(url.hostname) ? 'http' : undefined;
};

export const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

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
