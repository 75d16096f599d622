/** Why there is no answer, as data: whoever asked says in its own error what was wanted, and this says what happened. */
import { redact } from '@nx-ci-cache/process';
import type { HttpRequest } from './message';

export interface HttpFailureFacts {
  readonly status?: number;
  /** Worth another try. */
  readonly transient: boolean;
  /** Milliseconds the server asked us to wait. */
  readonly retryAfterMs?: number;
  /** What a person does next, where the failure itself tells. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';

  /** @param what `failed: …`, `answered 503`, …: follows method and URL. */
  constructor(
    { method, url }: Pick<HttpRequest, 'method' | 'url'>,
    what: string,
    readonly facts: HttpFailureFacts,
  ) {
    super(redact(`${method} ${shownUrl(url)} ${what}`), facts.cause === undefined ? undefined : { cause: facts.cause });
  }
}

/** Without user and query: a signed URL is a secret. */
export const shownUrl = (text: string): string => {
  if (!URL.canParse(text)) return 'an ill-formed URL';
  const { origin, pathname, search } = new URL(text);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
};

const certificate = /^(CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|ERR_TLS_CERT_)/;
const certificateRemedy =
  'Name a file with the certificate of its authority in SSL_CERT_FILE; a name that does not fit needs another certificate.';

/** Of an error of a socket: all may pass by themselves but a certificate that is not trusted. */
export const connectionFailed = (request: HttpRequest, cause: unknown): HttpFailure => {
  if (cause instanceof HttpFailure) return cause;
  const { code = '', message = String(cause) } = firstOf(cause);
  const untrusted = certificate.test(code);
  return new HttpFailure(request, `failed: ${message || code}`, {
    transient: !untrusted,
    cause,
    ...(untrusted && { remedy: certificateRemedy }),
  });
};

/** A name with several addresses fails with an error per address and no words of its own. */
const firstOf = (error: unknown): Partial<NodeJS.ErrnoException> => {
  const { errors } = Object(error) as Partial<AggregateError>;
  return Object(errors?.[0] ?? error);
};
