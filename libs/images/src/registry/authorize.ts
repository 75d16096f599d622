/** Turns a registry's 401 challenge into the Authorization header that answers it. */
import type { Credentials } from './credentials';
import { registryFailed } from './failure';
import type { Send } from './send';

export interface Challenge {
  readonly scheme: 'basic' | 'bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/** Parses WWW-Authenticate; undefined when it asks for neither Basic nor Bearer. */
export const parseChallenge = (header: string | null): Challenge | undefined => {
  const [, scheme, rest = ''] = /^\s*(basic|bearer)\b\s*(.*)$/i.exec(header ?? '') ?? [];
  if (scheme === undefined) return undefined;
  const parameters = [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]);
  return { scheme: scheme.toLowerCase() as Challenge['scheme'], parameters: Object.fromEntries(parameters) };
};

const basic = ({ username, secret }: Credentials) => `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;

/** @throws CiCacheError `RegistryFailed`: no account where one is needed, or the token service refuses it. */
export const authorize = async (
  challenge: Challenge,
  repository: string,
  credentials: Credentials | undefined,
  send: Send,
): Promise<string> => {
  if (challenge.scheme === 'bearer') return `Bearer ${await fetchToken(challenge, repository, credentials, send)}`;
  if (credentials === undefined)
    throw registryFailed('the registry asks for an account', { remedy: 'Run docker login.' });
  return basic(credentials);
};

const fetchToken = async (
  { parameters: { realm = '', service = '' } }: Challenge,
  repository: string,
  credentials: Credentials | undefined,
  send: Send,
): Promise<string> => {
  const fields = new URLSearchParams({ service, scope: `repository:${repository}:pull` });
  const { status, body } = await send(tokenRequest(realm, fields, credentials));
  if (status !== 200) {
    throw registryFailed(`the token service ${realm} answered ${status}`, {
      status,
      remedy: 'Run docker login again.',
    });
  }
  const { token, access_token: accessToken } = JSON.parse(body.toString('utf8')) as Record<string, string>;
  return token ?? accessToken ?? '';
};

const tokenRequest = (realm: string, fields: URLSearchParams, credentials: Credentials | undefined) => {
  if (credentials?.identityToken) {
    const form = { grant_type: 'refresh_token', refresh_token: credentials.secret, client_id: 'nx-ci-cache' };
    const body = new URLSearchParams([...fields, ...Object.entries(form)]).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST' as const, url: realm, headers, body };
  }
  const headers: Record<string, string> = credentials === undefined ? {} : { authorization: basic(credentials) };
  return { method: 'GET' as const, url: `${realm}?${fields.toString()}`, headers };
};
