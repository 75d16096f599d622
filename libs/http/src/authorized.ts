/** Answers 401 once per host and scope: what one request was let in with, the next one of the same kind brings along. */
import { parseChallenges, type Challenge } from './challenge';
import type { HttpAnswer, HttpRequest, Send } from './message';

export interface Protected {
  readonly host: string;
  /** What is asked for there; another scope needs another token. */
  readonly scope: string;
}

/** The Authorization header for one of the challenges; undefined when none can be answered. */
export type AnswerChallenge = (challenges: readonly Challenge[], to: Protected) => Promise<string> | undefined;

export const authorized = (
  send: Send,
  answerChallenge: AnswerChallenge,
): ((request: HttpRequest, to: Protected) => Promise<HttpAnswer>) => {
  const kept = new Map<string, Promise<string>>();
  return async (request, to) => {
    const key = JSON.stringify([to.host, to.scope]);
    const before = kept.get(key);
    const first = await send(withHeader(request, await before));
    if (first.status !== 401) return first;
    // Of many requests that were refused at once, the first one asks for all.
    if (kept.get(key) === before) {
      const answer = answerChallenge(parseChallenges(first.headers['www-authenticate']), to);
      if (answer === undefined) return first;
      kept.set(key, answer);
      answer.catch(() => kept.get(key) === answer && kept.delete(key));
    }
    return send(withHeader(request, await kept.get(key)));
  };
};

const withHeader = (request: HttpRequest, authorization: string | undefined): HttpRequest =>
  authorization === undefined ? request : { ...request, headers: { ...request.headers, authorization } };
