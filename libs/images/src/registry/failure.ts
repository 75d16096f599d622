/** The one maker of registry errors, and the table of those that may pass by themselves. */
import { httpRetry, type HttpFailure, type HttpRetry } from '@nx-ci-cache/http';
import { CiCacheError, redact } from '@nx-ci-cache/process';

export interface FailureFacts {
  readonly status?: number;
  readonly remedy?: string;
  readonly cause?: unknown;
  /** The account is not let in, or there is none. Default: the status says so. */
  readonly denied?: boolean;
  /** May pass by itself. Default: false. */
  readonly transient?: boolean;
  /** Milliseconds the registry asked us to wait. */
  readonly retryAfterMs?: number;
}

const defaultRemedy = 'Check that the registry is reachable and healthy, then run again.';

/** `RegistryFailed` for `message`; `data.transient` tells whether it may pass by itself. */
export const registryFailed = (message: string, facts: FailureFacts = {}): CiCacheError => {
  const {
    status,
    remedy = defaultRemedy,
    cause,
    retryAfterMs,
    transient = false,
    denied = status === 401 || status === 403,
  } = facts;
  return new CiCacheError('RegistryFailed', redact(message), {
    remedy,
    data: {
      transient,
      ...(status === undefined ? {} : { status }),
      ...(denied ? { denied } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    ...(cause === undefined ? {} : { cause }),
  });
};

export const noAnswer = ({ message, facts }: HttpFailure): CiCacheError => registryFailed(message, facts);

/** 500 is a registry's own fault and stays. */
export const registryRetry: HttpRetry = { ...httpRetry, statuses: [429, 502, 503, 504] };
