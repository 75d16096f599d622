/** CNCF Distribution on a free loopback port, which asks for an account: what the stack's older registry does not. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, startDaemon } from '@nx-ci-cache/process/src/testing/daemon';
import { startTokenServer } from './token-server';

export interface Distribution {
  readonly host: string;
  /** Of Docker's configuration: may do all. */
  readonly owner: DockerAccount;
  /** Where it keeps what it was given. */
  readonly data: string;
  /** Header of a request by which it deletes in a repository. */
  readonly deleting: (repository: string) => string;
  readonly stop: () => Promise<void>;
}

export interface TokenDistribution extends Distribution {
  /** May read only. */
  readonly reader: DockerAccount;
}

export interface DockerAccount {
  readonly auth: string;
}

const password = 'only-for-tests';
/** Of the password, by bcrypt, which Node has not. */
const htpasswd = 'owner:$2a$04$LxJNypJ9fLRByrs8Pm4ulef2orW9X8XV33ny72PKxtHIN0IK/K012\n';
const setup = join(__dirname, '../../../../tools/setup');
const account = (name: string): DockerAccount => ({ auth: Buffer.from(`${name}:${password}`).toString('base64') });
const owner = account('owner');

export const startHtpasswdDistribution = (): Promise<Distribution> =>
  start(
    (folder) => {
      const path = join(folder, 'htpasswd');
      writeFileSync(path, htpasswd);
      return { htpasswd: { realm: 'tests', path } };
    },
    () => `Basic ${owner.auth}`,
  );

/** Lets everybody in, and nobody remove anything: as it comes. */
export const startKeepingDistribution = (): Promise<Distribution> =>
  start(
    () => ({}),
    () => '',
    false,
  );

export const startTokenDistribution = async (): Promise<TokenDistribution> => {
  const actions = ['pull', 'push', 'delete'];
  const tokens = await startTokenServer({ [`owner:${password}`]: actions, [`reader:${password}`]: ['pull'] });
  const started = await start(
    (folder) => {
      const jwks = join(folder, 'keys.json');
      writeFileSync(jwks, tokens.keys);
      const { realm, service, issuer } = tokens;
      return { token: { realm, service, issuer, jwks, signingalgorithms: ['ES256'] } };
    },
    (repository) => `Bearer ${tokens.tokenFor(`owner:${password}`, [`repository:${repository}:delete`])}`,
  );
  return {
    ...started,
    reader: account('reader'),
    stop: async () => {
      await started.stop();
      tokens.stop();
    },
  };
};

const start = async (
  authOf: (folder: string) => object,
  deleting: Distribution['deleting'],
  deletes = true,
): Promise<Distribution> => {
  const folder = mkdtempSync(join(tmpdir(), 'ci-cache-distribution-'));
  const host = `127.0.0.1:${await freePort()}`;
  const data = join(folder, 'data');
  const stop = await serveDistribution(folder, { host, data, deletes, auth: authOf(folder) });
  return {
    ...{ host, owner, data, deleting },
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

interface Served extends Pick<Distribution, 'host' | 'data'> {
  readonly auth: object;
  readonly deletes: boolean;
}

/** @param folder of its configuration. @returns what ends it. */
export const serveDistribution = (folder: string, { host, data, auth, deletes }: Served) => {
  const config = {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: data }, delete: { enabled: deletes } },
    http: { addr: host, secret: 'tests' },
    auth,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const binary = join(String(execFileSync(setup, ['--print-registry'])).trim(), 'bin', 'registry');
  return startDaemon(binary, ['serve', join(folder, 'config.json')], 'listening on');
};
