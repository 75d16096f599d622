/** One page of a package index, read by ourselves where the snapshot must see what the resolver would only use. */
import { CiCacheError, withRetry, type RetryPolicy } from '@nx-ci-cache/process';
import type { IndexFact } from '@nx-ci-cache/records';
import { credentialNames } from './credentials';
import { netrcEntry } from './netrc';

export interface IndexPage {
  /** False for an answer 404: the index has no such project. */
  readonly found: boolean;
  readonly type: string;
  readonly body: string;
}

export interface PageReader {
  readonly environment: NodeJS.ProcessEnv;
  /** Default: three tries, from half a second on. */
  readonly retry?: Omit<RetryPolicy, 'retryable'>;
}

const accept = 'application/vnd.pypi.simple.v1+json, text/html;q=0.1';
const threeTries = { tries: 3, baseMs: 500, capMs: 5000 };
const timeoutMs = 60_000;

/**
 * @param project normalised name, or undefined for the list of all projects.
 * @throws CiCacheError `ResolveFailed` for every answer but 200 and 404: a failed probe is never "absent".
 */
export const readPage = (
  index: Pick<IndexFact, 'name' | 'url'>,
  project: string | undefined,
  { environment, retry = threeTries }: PageReader,
): Promise<IndexPage> => {
  const url = `${index.url.replace(/\/$/, '')}/${project === undefined ? '' : `${project}/`}`;
  return withRetry({ ...retry, retryable: isTransient }, async () => {
    const response = await get(url, index, environment);
    if (response.status === 404) return { found: false, type: '', body: '' };
    if (response.status === 200) {
      return { found: true, type: response.headers.get('content-type') ?? '', body: await response.text() };
    }
    throw failed(index, `${url} answered ${response.status}`, response.status === 429 || response.status >= 500);
  });
};

const get = async (url: string, index: Pick<IndexFact, 'name' | 'url'>, environment: NodeJS.ProcessEnv) => {
  try {
    const authorization = await authorizationFor(index, environment);
    return await fetch(url, {
      headers: { accept, ...(authorization === undefined ? {} : { authorization }) },
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : (cause as Error);
    throw failed(index, `${url} cannot be read: ${inner.message}`, true, cause);
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

const failed = ({ name }: Pick<IndexFact, 'name'>, what: string, transient: boolean, cause?: unknown) => {
  const { username, password } = credentialNames(name);
  return new CiCacheError('ResolveFailed', `the index ${name}: ${what}`, {
    remedy: `Check that it can be reached; credentials are read from ${username} and ${password}, or from netrc.`,
    data: { index: name, transient },
    cause,
  });
};

const isTransient = (error: unknown): boolean => error instanceof CiCacheError && error.data['transient'] === true;
