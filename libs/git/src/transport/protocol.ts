/** By which transport a URL goes: one that cannot be redirected, and never one with a secret in it, where argv would show it. */
import { invisible } from '@nx-ci-cache/process';

/** A git transport as `GIT_ALLOW_PROTOCOL` names it. */
export type Protocol = 'https' | 'http' | 'ssh' | 'file';

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
