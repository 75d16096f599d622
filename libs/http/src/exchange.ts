/** One request and its whole answer, within a time and a size; a body that was cut is a failure and never an answer. */
import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { connectionFailed, HttpFailure } from './failure';
import type { HttpAnswer, HttpRequest } from './message';
import type { Start } from './route';

export interface ExchangeLimits {
  /** Milliseconds, body included. */
  readonly timeoutMs: number;
  /** Largest body, decoded. */
  readonly maxBytes: number;
}

/** @throws HttpFailure when there is no whole answer. */
export const exchange = async (
  request: HttpRequest,
  start: Start,
  { timeoutMs, maxBytes }: ExchangeLimits,
): Promise<HttpAnswer> => {
  const deadline = AbortSignal.timeout(timeoutMs);
  let outgoing: ClientRequest | undefined;
  try {
    outgoing = begin(request, start);
    const [incoming] = (await once(outgoing, 'response', { signal: deadline })) as [IncomingMessage];
    const end = () => incoming.destroy(tooSlow(request, timeoutMs));
    deadline.addEventListener('abort', end);
    const body = await read(incoming, request, maxBytes).finally(() => deadline.removeEventListener('abort', end));
    return { status: incoming.statusCode ?? 0, headers: headersOf(incoming), body };
  } catch (error) {
    outgoing?.destroy();
    throw deadline.aborted ? tooSlow(request, timeoutMs) : connectionFailed(request, error);
  }
};

const begin = ({ method, url, headers = {}, body }: HttpRequest, start: Start): ClientRequest => {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const own = { 'accept-encoding': 'gzip', 'user-agent': 'nx-ci-cache', ...headers, ...length };
  const outgoing = start(new URL(url), { method, headers: own });
  // What happens after the answer began is seen on the answer; here it would end the process.
  outgoing.on('error', () => undefined);
  return outgoing.end(body);
};

const read = async (incoming: IncomingMessage, request: HttpRequest, maxBytes: number): Promise<Buffer> => {
  const isPacked = request.method !== 'HEAD' && /^(x-)?gzip$/i.test(incoming.headers['content-encoding'] ?? '');
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of (isPacked ? unpacked(incoming) : incoming) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(request, maxBytes);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
};

/** A pipe alone would not hear of an answer that was cut. */
const unpacked = (incoming: IncomingMessage): Readable => {
  const gunzip = createGunzip();
  incoming.once('error', (error) => gunzip.destroy(error));
  return incoming.pipe(gunzip);
};

const headersOf = ({ headers }: IncomingMessage): HttpAnswer['headers'] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );

const tooSlow = (request: HttpRequest, timeoutMs: number) =>
  new HttpFailure(request, `gave no whole answer within ${timeoutMs / 1000} s`, { transient: true });

const tooLarge = (request: HttpRequest, maxBytes: number) =>
  new HttpFailure(request, `answered with more than ${maxBytes} bytes`, { transient: false });
