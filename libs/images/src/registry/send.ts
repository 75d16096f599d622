/** Requests to a registry, whose failures are the registry's. */
import { HttpFailure, httpClient, type HttpOptions, type Send } from '@nx-ci-cache/http';
import { noAnswer, registryRetry } from './failure';

/** Throws `RegistryFailed` when the answer is 429, 5xx or none at all. */
export const createSend = (options: HttpOptions): Send => {
  const send = httpClient({ retry: registryRetry, ...options });
  return (request) =>
    send(request).catch((error: unknown) => {
      throw error instanceof HttpFailure ? noAnswer(error) : error;
    });
};
