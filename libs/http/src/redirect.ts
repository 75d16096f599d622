/** Follows redirects of reads: a few, never to a weaker protocol, and an account stays with the host it was meant for. */
import { HttpFailure, shownUrl } from './failure';
import type { HttpAnswer, HttpRequest, Send } from './message';

const most = 5;
const statuses: readonly number[] = [301, 302, 303, 307, 308];

/** @throws HttpFailure for the sixth redirect, or one to where nothing may be sent. */
export const following =
  (send: Send): Send =>
  async (request) => {
    let current = request;
    for (let hop = 0; hop <= most; hop += 1) {
      const answer = await send(current);
      const next = redirected(current, answer);
      if (next === undefined) return answer;
      current = next;
    }
    throw new HttpFailure(request, `was redirected more than ${most} times`, { transient: false });
  };

/** The request a redirect leads to; undefined when the answer is none, or the request no plain read. */
export const redirected = (request: HttpRequest, { status, headers }: HttpAnswer): HttpRequest | undefined => {
  const { location } = headers;
  if (!statuses.includes(status) || location === undefined || request.method === 'POST') return undefined;
  const from = new URL(request.url);
  const to = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (to === undefined || (to.protocol !== 'https:' && to.protocol !== from.protocol)) {
    throw new HttpFailure(request, `redirects to ${shownUrl(to?.href ?? '')}, where it is not followed`, {
      transient: false,
    });
  }
  const { authorization, ...rest } = request.headers ?? {};
  const isSame = to.origin === from.origin && authorization !== undefined;
  return { ...request, url: to.href, headers: isSame ? { ...rest, authorization } : rest };
};
