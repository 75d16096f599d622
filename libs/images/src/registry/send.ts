/** One HTTP exchange with a time limit; what may pass by itself is marked as such and never taken for an answer. */
import { withRetry, type RetryPolicy } from '@nx-ci-cache/process';
import { registryFailed, registryRetry, retryAfter } from './failure';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

export interface SendOptions {
  /** Milliseconds for one exchange, body included. Default: 30,000. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
}

/** A `Send` that retries by the table and throws `RegistryFailed` when the answer is 429, 5xx or none at all. */
export const createSend = ({ timeoutMs = 30_000, retry = registryRetry }: SendOptions = {}): Send => {
  return (request) =>
    withRetry(retry, async (attempt) => {
      const answer = await exchange(request, timeoutMs);
      if (answer.status !== 429 && answer.status < 500) return answer;
      const asked = answer.headers.get('retry-after');
      const wait = retryAfter(asked);
      const tooLong = asked !== null && wait === undefined;
      if (wait !== undefined && attempt < retry.tries) await new Promise((resolve) => setTimeout(resolve, wait));
      throw registryFailed(`${request.method} ${request.url} answered ${answer.status}`, {
        status: answer.status,
        ...(tooLong ? { transient: false } : {}),
        ...(wait === undefined ? {} : { retryAfterMs: wait }),
      });
    });
};

const exchange = async ({ method, url, headers = {}, body }: HttpRequest, timeoutMs: number): Promise<HttpAnswer> => {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method, headers, signal, ...(body === undefined ? {} : { body }) });
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
  } catch (cause) {
    throw registryFailed(`${method} ${url} failed: ${causeOf(cause)}`, { cause, transient: true });
  }
};

const causeOf = (error: unknown): string => {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (inner as NodeJS.ErrnoException).code;
  return inner instanceof Error ? inner.message || String(code ?? inner.name) : String(inner);
};
