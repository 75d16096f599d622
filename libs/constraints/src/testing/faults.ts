/** Ways an index fails, as values a test hands to its local index. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers instead of the index; false leaves the request to the index. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

/** @param times how often, then the index answers again. Default: always. */
export const status = (code: number, { times = Infinity, headers = {} }: StatusOptions = {}): Fault => {
  let left = times;
  return (_request, response) => {
    if (left <= 0) return false;
    left -= 1;
    response.writeHead(code, headers).end(`planted ${code}`);
    return true;
  };
};

interface StatusOptions {
  readonly times?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export const garbage =
  (type = 'application/vnd.pypi.simple.v1+json'): Fault =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': type }).end('{"files": [{"filename": 7');
    return true;
  };

export const redirectTo =
  (target: (path: string) => string): Fault =>
  ({ url = '' }, response) => {
    response.writeHead(302, { location: target(url) }).end();
    return true;
  };

/** Never answers; `asked` resolves when the first request has arrived. */
export const hang = (): { readonly fault: Fault; readonly asked: Promise<void> } => {
  let arrived: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (arrived = resolve));
  return {
    asked,
    fault: () => {
      arrived();
      return true;
    },
  };
};

/** Lets something happen to the world just before the index answers. */
export const before =
  (act: () => void): Fault =>
  () => {
    act();
    return false;
  };

/** Sends `body` in pieces with a turn of the loop between them: slow, but alive. */
export const drip =
  (type: string, body: string, pieces = 50): Fault =>
  (_request, response) => {
    response.writeHead(200, { 'content-type': type });
    const size = Math.ceil(body.length / pieces);
    const send = (from: number): void => {
      if (from >= body.length) return void response.end();
      response.write(body.slice(from, from + size));
      setImmediate(() => send(from + size));
    };
    send(0);
    return true;
  };
