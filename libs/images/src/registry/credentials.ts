/** Accounts come from Docker's own configuration, so that whoever ran `docker login` is logged in here as well. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readJson, run, type CiCacheError } from '@nx-ci-cache/process';
import { toolEnvironment } from '../environment';
import { registryFailed } from './failure';

export interface Credentials {
  readonly username: string;
  readonly secret: string;
  /** An OAuth2 refresh token instead of a password. */
  readonly identityToken: boolean;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** The account for a registry host, or undefined when Docker's configuration has none. */
export const credentialsFor = async (
  host: string,
  environment: NodeJS.ProcessEnv,
): Promise<Credentials | undefined> => {
  const folder = environment['DOCKER_CONFIG'] ?? join(environment['HOME'] ?? homedir(), '.docker');
  const config = (await readJson<DockerConfig>(join(folder, 'config.json'))) ?? {};
  const key = host === 'docker.io' ? 'https://index.docker.io/v1/' : host;
  const helper = config.credHelpers?.[key] ?? config.credsStore;
  return (helper === undefined ? undefined : await fromHelper(helper, key, environment)) ?? fromAuths(config, key);
};

const fromAuths = ({ auths = {} }: DockerConfig, key: string): Credentials | undefined => {
  const entry = auths[key] ?? auths[`https://${key}`] ?? auths[`https://${key}/v2/`] ?? auths[`https://${key}/v1/`];
  if (entry?.identitytoken) return { username: '', secret: entry.identitytoken, identityToken: true };
  if (!entry?.auth) return undefined;
  const [username = '', ...secret] = Buffer.from(entry.auth, 'base64').toString('utf8').split(':');
  return { username, secret: secret.join(':'), identityToken: false };
};

const fromHelper = async (helper: string, key: string, environment: NodeJS.ProcessEnv) => {
  const file = `docker-credential-${helper}`;
  const command = { file, args: ['get'], env: toolEnvironment(environment), input: key };
  const { exitCode, stdout } = await run(command, { accept: [0, 1], timeoutMs: 30_000 });
  // The helpers' protocol has no exit code for "none": these words on stdout are it.
  if (exitCode !== 0 && /credentials not found/i.test(stdout)) return undefined;
  if (exitCode !== 0) throw helperFailed(file, key);
  const { Username: username, Secret: secret } = parseAnswer(file, key, stdout);
  return { username, secret, identityToken: username === '<token>' };
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
