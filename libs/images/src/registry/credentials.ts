/** Accounts come from Docker's own configuration, so that whoever ran `docker login` is logged in here as well. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readTextIfPresent, run, type CiCacheError } from '@nx-ci-cache/process';
import { toolEnvironment } from '../environment';
import { registryFailed } from './failure';
import { hubHosts } from './reference';

export interface Credentials {
  readonly username: string;
  readonly secret: string;
  /** An OAuth2 refresh token, or a finished Bearer token, instead of a password. */
  readonly kind: 'password' | 'identity-token' | 'registry-token';
}

interface Account {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, Account>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

const hubKey = 'https://index.docker.io/v1/';

/** The account for a repository of a registry host, or undefined when Docker's configuration has none. */
export const credentialsFor = async (
  host: string,
  repository: string,
  environment: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> => {
  const { DOCKER_AUTH_CONFIG: given, DOCKER_CONFIG, HOME } = environment;
  const key = host === 'docker.io' ? hubKey : host;
  const first = given ? fromAuths(parseConfig('DOCKER_AUTH_CONFIG', given), key, repository) : undefined;
  if (first !== undefined) return first;
  const file = join(DOCKER_CONFIG || join(HOME ?? homedir(), '.docker'), 'config.json');
  const config = parseConfig(file, (await readTextIfPresent(file)) ?? '{}');
  const helper = config.credHelpers?.[key] ?? config.credsStore;
  const helped = helper === undefined ? undefined : await fromHelper(helper, key, environment);
  return helped ?? fromAuths(config, key, repository);
};

/** The parser's own words would show part of the text, which holds secrets. */
const parseConfig = (name: string, text: string): DockerConfig => {
  try {
    return JSON.parse(text) as DockerConfig;
  } catch {
    throw registryFailed(`${name} is no JSON`, { remedy: 'Correct it, or run docker login again.' });
  }
};

const fromAuths = ({ auths = {} }: DockerConfig, key: string, repository: string): Credentials | undefined => {
  const account = accountFor(auths, key, repository);
  if (account?.identitytoken) return { username: '', secret: account.identitytoken, kind: 'identity-token' };
  if (account?.registrytoken) return { username: '', secret: account.registrytoken, kind: 'registry-token' };
  if (account?.username && account.password)
    return { username: account.username, secret: account.password, kind: 'password' };
  if (!account?.auth) return undefined;
  const [username = '', ...secret] = Buffer.from(account.auth, 'base64').toString('utf8').split(':');
  return { username, secret: secret.join(':'), kind: 'password' };
};

/** The longest `host/path` that holds the repository; then as Docker writes it; then any key of that host, as Docker takes it. */
const accountFor = (auths: NonNullable<DockerConfig['auths']>, key: string, repository: string) => {
  const hosts = key === hubKey ? hubHosts : [key];
  const wholes = hosts.map((host) => `${host}/${repository}/`);
  const below = Object.keys(auths)
    .filter((each) => wholes.some((whole) => whole.startsWith(`${each}/`)))
    .sort((left, right) => right.length - left.length);
  const ofHost = Object.keys(auths).find((each) => hosts.includes(hostOf(each)) && !isScoped(each));
  const name = [...below, key].find((each) => auths[each] !== undefined) ?? ofHost;
  return name === undefined ? undefined : auths[name];
};

/** Old logins wrote a scheme, and the path of an API. */
const hostOf = (key: string): string => key.replace(/^https?:\/\//, '').split('/')[0] ?? '';
const isScoped = (key: string): boolean => !/^(https?:\/\/.*|[^/]*\/?|[^/]*\/v[12]\/?)$/.test(key);

const fromHelper = async (
  helper: string,
  key: string,
  environment: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> => {
  const file = `docker-credential-${helper}`;
  const command = { file, args: ['get'], env: toolEnvironment(environment), input: key };
  const { exitCode, stdout } = await run(command, { accept: [0, 1], timeoutMs: 30_000 });
  // The helpers' protocol has no exit code for "none": these words on stdout are it.
  if (exitCode !== 0 && /credentials not found/i.test(stdout)) return undefined;
  if (exitCode !== 0) throw helperFailed(file, key);
  const { Username: username, Secret: secret } = parseAnswer(file, key, stdout);
  return { username, secret, kind: username === '<token>' ? 'identity-token' : 'password' };
};

const parseAnswer = (file: string, key: string, text: string): { Username: string; Secret: string } => {
  try {
    return JSON.parse(text) as { Username: string; Secret: string };
  } catch {
    throw helperFailed(file, key);
  }
};

const helperFailed = (file: string, key: string): CiCacheError =>
  registryFailed(`${file} gave no credentials for ${key}`, { remedy: `Log in again: docker login ${key}` });
