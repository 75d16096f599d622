/** Requests about one repository, with the account that may do there what is asked. */
import { authorized, type Challenge, type HttpAnswer, type HttpRequest, type Send } from '@nx-ci-cache/http';
import { authorize, chooseChallenge } from './authorize';
import { credentialsFor } from './credentials';
import type { ImageReference } from './reference';

/** @param actions what a token is asked to allow: no more than needed. */
export const askingFor = (
  actions: 'pull' | 'pull,push' | 'delete',
  send: Send,
  { environment = process.env }: { readonly environment?: NodeJS.ProcessEnv },
): ((reference: ImageReference, wanted: HttpRequest) => Promise<HttpAnswer>) => {
  const ask = authorized(send, (challenges, { host, scope }) => {
    const challenge = chooseChallenge(challenges);
    return challenge && answerFor(challenge, host, scope);
  });
  const answerFor = async (challenge: Challenge, host: string, repository: string) =>
    authorize(
      challenge,
      { host, scope: `repository:${repository}:${actions}` },
      await credentialsFor(host, repository, environment),
      send,
    );
  return ({ host, repository }, wanted) => ask(wanted, { host, scope: repository });
};
