/** The one way to speak HTTP: with proxy and authorities as the machine has them, and the whole exchange inside the retry. */
import { withRetry, type RetryPolicy } from '@nx-ci-cache/process';
import { exchange, type ExchangeLimits } from './exchange';
import { HttpFailure } from './failure';
import { inTurn } from './limit';
import type { HttpAnswer, HttpRequest, Send } from './message';
import { following } from './redirect';
import { askedWait, longestWait, retryAfter } from './retry-after';
import { routes } from './route';

export interface HttpRetry extends Omit<RetryPolicy, 'retryable'> {
  /** Answers that may pass by themselves; a connection that failed always may. */
  readonly statuses: readonly number[];
}

export interface HttpOptions extends Partial<ExchangeLimits> {
  /** Where proxy and authorities are named. Default: the process's own. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Exchanges at a time. Default: 16. */
  readonly atOnce?: number;
  readonly retry?: HttpRetry;
}

export const httpRetry: HttpRetry = {
  tries: 4,
  baseMs: 300,
  capMs: 5_000,
  statuses: [429, 500, 502, 503, 504],
};

const defaults = { timeoutMs: 30_000, maxBytes: 32 * 1024 * 1024, atOnce: 16, retry: httpRetry };

/** A `Send` that throws HttpFailure when the answer is 429, 5xx or none at all; every other status is the asker's to judge. */
export const httpClient = (options: HttpOptions = {}): Send => {
  const { environment = process.env, timeoutMs, maxBytes, atOnce, retry } = { ...defaults, ...options };
  const start = routes(environment, timeoutMs);
  const turn = inTurn(atOnce);
  const send = following((request) => turn(() => exchange(request, start, { timeoutMs, maxBytes })));
  return (request) =>
    withRetry({ ...retry, retryable }, async (attempt) => {
      const answer = await send(request);
      if (answer.status !== 429 && answer.status < 500) return answer;
      const failure = refused(request, answer, retry);
      const { transient, retryAfterMs = 0 } = failure.facts;
      if (transient && attempt < retry.tries) await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      throw failure;
    });
};

const retryable = (error: unknown): boolean => error instanceof HttpFailure && error.facts.transient;

const refused = (request: HttpRequest, { status, headers }: HttpAnswer, { statuses }: HttpRetry): HttpFailure => {
  const asked = headers['retry-after'];
  const retryAfterMs = retryAfter(asked);
  const isTooLong = asked !== undefined && retryAfterMs === undefined;
  return new HttpFailure(request, `answered ${status}${tooLong(status, askedWait(asked))}`, {
    status,
    transient: statuses.includes(status) && !isTooLong,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
};

/** What no try within a run can outwait is said with its length. */
const tooLong = (status: number, wait = 0): string => {
  if (wait <= longestWait) return '';
  const why = status === 429 ? ' (too many requests)' : '';
  return `${why} and asks to wait ${Math.ceil(wait / 1000)} s, longer than the ${longestWait / 1000} s a run waits`;
};
