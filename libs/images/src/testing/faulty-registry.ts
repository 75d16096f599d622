/** A registry between a client and the real one that fails exactly the requests it is told to. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Fault {
  readonly method: string;
  readonly path: RegExp;
  /**
   * What to answer, or its status; `hang` never answers, `reset` drops the connection, `cut` this one and all that come; `pass`
   * asks the real one after all.
   */
  readonly answer: number | Answer | 'hang' | 'reset' | 'cut' | 'pass';
  /** Told of each request it meets, which waits for it to end. */
  readonly met?: () => void | Promise<void>;
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
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    if (isCut) return void incoming.socket.resetAndDestroy();
    asked.push(`${incoming.method} ${incoming.url}`);
    const fault = faults.find(
      ({ method, path, times }) => method === incoming.method && path.test(incoming.url ?? '') && times !== 0,
    );
    if (fault === undefined) return pass(target, incoming, outgoing);
    if (fault.times !== undefined) fault.times--;
    if (fault.answer === 'cut') isCut = true;
    await fault.met?.();
    if (fault.answer === 'pass') pass(target, incoming, outgoing);
    else if (fault.answer === 'reset' || fault.answer === 'cut') incoming.socket.resetAndDestroy();
    else if (fault.answer !== 'hang') {
      const {
        status,
        headers = {},
        body = '',
      } = typeof fault.answer === 'number' ? { status: fault.answer } : fault.answer;
      outgoing.writeHead(status, headers).end(body);
    }
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
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
    answer.on('error', () => outgoing.destroy()).pipe(outgoing);
  });
  inner.on('error', () => outgoing.destroy());
  incoming.pipe(inner);
};
