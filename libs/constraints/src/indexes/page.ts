/** One page of a package index, read by ourselves where the snapshot must see what the resolver would only use. */
import { HttpFailure, httpClient, httpRetry, type HttpAnswer, type HttpRetry, type Send } from '@nx-ci-cache/http';
import { CiCacheError, redact } from '@nx-ci-cache/process';
import type { IndexFact } from '@nx-ci-cache/records';
import { credentialNames } from './credentials';
import { netrcEntry } from './netrc';

export interface IndexPage {
  /** False for an answer 404: the index has no such project. */
  readonly found: boolean;
  /** Where it was asked for: files are named relative to it. */
  readonly url: string;
  readonly type: string;
  readonly body: string;
}

export interface PageReader {
  readonly environment: NodeJS.ProcessEnv;
  /** Default: three tries, from half a second on. */
  readonly retry?: Omit<HttpRetry, 'statuses'>;
  /** Of `connected`. */
  readonly send?: Send;
}

const accept = 'application/vnd.pypi.simple.v1+json, text/html;q=0.1';
const threeTries = { tries: 3, baseMs: 500, capMs: 5000 };
const timeoutMs = 60_000;
/** The page of all projects of the largest public index has tens of megabytes. */
const maxBytes = 256 * 1024 * 1024;
const atOnce = 16;

/** For many pages: they share connections, and a bound of how many are read at a time. */
export const connected = (reader: PageReader): PageReader & { readonly send: Send } => {
  const { environment, retry = threeTries, send } = reader;
  const open = () =>
    httpClient({ environment, timeoutMs, maxBytes, atOnce, retry: { ...retry, statuses: httpRetry.statuses } });
  return { ...reader, send: send ?? open() };
};

/**
 * @param project normalised name, or undefined for the list of all projects.
 * @throws CiCacheError `ResolveFailed` for every answer but 200 and 404: a failed probe is never "absent".
 */
export const readPage = async (
  index: Pick<IndexFact, 'name' | 'url'>,
  project: string | undefined,
  reader: PageReader,
): Promise<IndexPage> => {
  const url = `${index.url.replace(/\/$/, '')}/${project === undefined ? '' : `${project}/`}`;
  const { status, headers, body } = await readFrom(index, url, reader);
  if (status === 404) return { found: false, url, type: '', body: '' };
  if (status !== 200) throw failed(index, `${url} answered ${status}`);
  return { found: true, url, type: headers['content-type'] ?? '', body: body.toString('utf8') };
};

/** With the account of the index, which files on another host are not told. */
export const readFrom = async (
  index: Pick<IndexFact, 'name' | 'url'>,
  url: string,
  reader: PageReader,
): Promise<HttpAnswer> => {
  const isOwn = new URL(url).origin === new URL(index.url).origin;
  const authorization = isOwn ? await authorizationFor(index, reader.environment) : undefined;
  return get(url, { accept, ...(authorization === undefined ? {} : { authorization }) }, index, reader);
};

const get = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  index: Pick<IndexFact, 'name' | 'url'>,
  reader: PageReader,
) => {
  try {
    return await connected(reader).send({ method: 'GET', url, headers });
  } catch (error) {
    throw error instanceof HttpFailure ? failed(index, error.message, error) : error;
  }
};

const authorizationFor = async ({ name, url }: Pick<IndexFact, 'name' | 'url'>, environment: NodeJS.ProcessEnv) => {
  const names = credentialNames(name);
  const { [names.username]: username, [names.password]: password } = environment;
  // As to the resolver, a token may come alone, as either of the two.
  const known =
    username || password
      ? { username: username ?? '', password: password ?? '' }
      : await netrcEntry(new URL(url).hostname, environment);
  return known && `Basic ${Buffer.from(`${known.username}:${known.password}`).toString('base64')}`;
};

const failed = ({ name }: Pick<IndexFact, 'name'>, what: string, failure?: HttpFailure) => {
  const { username, password } = credentialNames(name);
  const account = `credentials are read from ${username} and ${password}, or from netrc.`;
  return new CiCacheError('ResolveFailed', redact(`the index ${name}: ${what}`), {
    remedy: `${failure?.facts.remedy ?? 'Check that it can be reached.'} Its ${account}`,
    data: { index: name, transient: failure?.facts.transient ?? false },
    cause: failure,
  });
};
