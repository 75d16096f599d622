/** Turns a registry's 401 challenge into the Authorization header that answers it. */
import type { Challenge, HttpRequest, Send } from '@nx-ci-cache/http';
import type { Credentials } from './credentials';
import { deniedRemedyFor } from './denied';
import { registryFailed } from './failure';
import { isLoopback } from './reference';

/** A token for one scope is worth more than a password that opens all: Bearer where it is offered, else Basic. */
export const chooseChallenge = (challenges: readonly Challenge[]): Challenge | undefined =>
  ['bearer', 'basic'].flatMap((wanted) => challenges.filter(({ scheme }) => scheme === wanted))[0];

const basic = ({ username, secret }: Credentials) => `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;

/** @throws CiCacheError `RegistryFailed`: no account where one is needed, or the token service refuses it. */
export const authorize = async (
  { scheme, parameters }: Challenge,
  { host, scope }: { readonly host: string; readonly scope: string },
  credentials: Credentials | undefined,
  send: Send,
): Promise<string> => {
  if (credentials?.kind === 'registry-token') return `Bearer ${credentials.secret}`;
  if (scheme === 'bearer') return `Bearer ${await fetchToken(parameters, { host, scope }, credentials, send)}`;
  if (credentials === undefined)
    throw registryFailed(`the registry ${host} asks for an account`, {
      denied: true,
      remedy: `Log in: docker login ${host}`,
    });
  return basic(credentials);
};

const fetchToken = async (
  { realm = '', service = '' }: Challenge['parameters'],
  { host, scope }: { readonly host: string; readonly scope: string },
  credentials: Credentials | undefined,
  send: Send,
): Promise<string> => {
  checkRealm(realm);
  const { status, body } = await send(tokenRequest(realm, new URLSearchParams({ service, scope }), credentials));
  if (status !== 200) {
    throw registryFailed(`the token service ${realm} answered ${status} for ${scope} on ${host}`, {
      status,
      remedy: status === 401 || status === 403 ? deniedRemedyFor(host, scope) : `Run docker login ${host} again.`,
    });
  }
  const token = tokenIn(body);
  if (token === undefined) throw registryFailed(`the token service ${realm} answered without a token`);
  return token;
};

/** An account is sent there: over TLS, or not away from this machine. */
const checkRealm = (realm: string): void => {
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host))) return;
  throw registryFailed(`the registry names "${realm}" as its token service, which is no https:// URL`);
};

const tokenIn = (body: Buffer): string | undefined => {
  try {
    const { token, access_token: accessToken } = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    return [token, accessToken].find((each): each is string => typeof each === 'string' && each !== '');
  } catch {
    return undefined;
  }
};

const tokenRequest = (realm: string, fields: URLSearchParams, credentials: Credentials | undefined): HttpRequest => {
  if (credentials?.kind === 'identity-token') {
    const form = { grant_type: 'refresh_token', refresh_token: credentials.secret, client_id: 'nx-ci-cache' };
    const body = new URLSearchParams([...fields, ...Object.entries(form)]).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body };
  }
  const headers: Record<string, string> = credentials === undefined ? {} : { authorization: basic(credentials) };
  const url = new URL(realm);
  for (const [name, value] of fields) url.searchParams.append(name, value);
  return { method: 'GET', url: url.href, headers };
};
