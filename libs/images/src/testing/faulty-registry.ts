/** A registry between a client and the real one that fails exactly the requests it is told to. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /** Status to answer with; `hang` never answers, `reset` drops the connection, `cut` this one and all that come. */
  readonly answer: number | 'hang' | 'reset' | 'cut';
  /** Told of each request it meets. */
  readonly met?: () => void;
  /** How many requests fail. Default: all. */
  times?: number;
}

export interface FaultyRegistry {
  readonly host: string;
  /** `METHOD path` of every request, in order. */
  readonly asked: string[];
  /** Replaces the faults. */
  readonly fail: (...faults: Fault[]) => void;
  readonly stop: () => void;
}

export const faultyRegistry = async (target: string): Promise<FaultyRegistry> => {
  let faults: Fault[] = [];
  let isCut = false;
  const asked: string[] = [];
  const server = createServer((incoming, outgoing) => {
    if (isCut) return incoming.socket.resetAndDestroy();
    asked.push(`${incoming.method} ${incoming.url}`);
    const fault = faults.find(
      ({ method, path, times }) => method === incoming.method && path.test(incoming.url ?? '') && times !== 0,
    );
    if (fault === undefined) return pass(target, incoming, outgoing);
    if (fault.times !== undefined) fault.times--;
    fault.met?.();
    if (fault.answer === 'cut') isCut = true;
    if (fault.answer === 'reset' || fault.answer === 'cut') incoming.socket.resetAndDestroy();
    else if (fault.answer !== 'hang') outgoing.writeHead(fault.answer).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (...given) => {
      faults = given;
      isCut = false;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The Host header stays the client's, so that the registry's Location headers lead back here. */
const pass = (target: string, incoming: IncomingMessage, outgoing: ServerResponse): void => {
  const [hostname, port] = target.split(':');
  const { method, url, headers } = incoming;
  const inner = forward({ hostname, port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  inner.on('error', () => outgoing.destroy());
  incoming.pipe(inner);
};
