/** A token service as registries name one in their challenge: it knows accounts, and what each may do. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenServer {
  readonly realm: string;
  readonly service: string;
  readonly issuer: string;
  /** The key that its tokens are to be checked with, as a JSON Web Key Set. */
  readonly keys: string;
  readonly tokenFor: (account: string, scopes: readonly string[]) => string;
  readonly stop: () => void;
}

/** By `user:password`. */
export type Rights = Readonly<Record<string, readonly string[]>>;

const named = { service: 'registry', issuer: 'tests' };
const kid = 'one';

/** Who is unknown gets 401, and who may not gets a token that allows nothing. */
export const startTokenServer = async (rights: Rights): Promise<TokenServer> => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const tokenFor = (account: string, scopes: readonly string[]): string => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, nbf: now - 10, exp: now + 300 };
    const access = scopes.map((scope) => accessOf(scope, rights[account] ?? []));
    const claims = {
      iss: named.issuer,
      aud: named.service,
      sub: account.split(':')[0],
      jti: `${now}`,
      ...times,
      access,
    };
    const text = [{ typ: 'JWT', alg: 'ES256', kid }, claims].map((part) => encoded(JSON.stringify(part))).join('.');
    return `${text}.${encoded(sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }))}`;
  };
  const server = createServer(async (request, response) => {
    const { account, scopes } = await asked(request);
    if (rights[account] === undefined) return void response.writeHead(401).end();
    const token = tokenFor(account, scopes);
    response.end(JSON.stringify({ token, access_token: token, expires_in: 300 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const key = { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' };
  return {
    realm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    ...named,
    ...{ keys: JSON.stringify({ keys: [key] }), tokenFor },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const encoded = (part: string | Buffer): string => Buffer.from(part).toString('base64url');

/** By Basic, or by the form in which containerd asks with a password. */
const asked = async (request: IncomingMessage): Promise<{ account: string; scopes: readonly string[] }> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const form = new URLSearchParams(Buffer.concat(parts).toString('utf8'));
  const query = new URL(request.url ?? '/', 'http://token').searchParams;
  const [, basic = ''] = /^Basic (.*)$/.exec(request.headers.authorization ?? '') ?? [];
  const account = form.has('username')
    ? `${form.get('username')}:${form.get('password')}`
    : Buffer.from(basic, 'base64').toString('utf8');
  return { account, scopes: [...query.getAll('scope'), ...form.getAll('scope')].flatMap((each) => each.split(' ')) };
};

const accessOf = (scope: string, allowed: readonly string[]) => {
  const [, type = '', name = '', actions = ''] = /^([^:]+):(.*):([^:]*)$/.exec(scope) ?? [];
  return { type, name, actions: actions.split(',').filter((action) => allowed.includes(action)) };
};
