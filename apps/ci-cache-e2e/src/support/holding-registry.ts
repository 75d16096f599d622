/** A registry between a run and the real one that holds one request: the moment at which a test ends the run. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Hold {
  readonly method: string;
  readonly path: RegExp;
  /** Held before the real registry hears of it, or after it has answered. */
  readonly when: 'before' | 'after';
}

export interface HoldingRegistry {
  readonly host: string;
  /** Holds the next request that matches, and all later ones; resolves when it is held. */
  readonly hold: (hold: Hold) => Promise<void>;
  /** Ends what is held unanswered, and holds nothing any more. */
  readonly release: () => void;
  readonly stop: () => void;
}

export const holdingRegistry = async (target: string): Promise<HoldingRegistry> => {
  let held: { readonly hold: Hold; readonly reached: () => void } | undefined;
  let waiting: ServerResponse[] = [];
  const server = createServer((incoming, outgoing) => {
    const { hold, reached } = held ?? {};
    const isHeld = hold !== undefined && hold.method === incoming.method && hold.path.test(incoming.url ?? '');
    if (!isHeld)
      return pass(target, incoming, outgoing, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
    waiting.push(outgoing);
    if (hold.when === 'before') reached?.();
    else pass(target, incoming, outgoing, (answer) => answer.resume().on('end', () => reached?.()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (hold) => new Promise((reached) => (held = { hold, reached })),
    release: () => {
      held = undefined;
      for (const each of waiting) each.destroy();
      waiting = [];
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** The Host header stays the client's, so that the registry's Location headers lead back here. */
const pass = (
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answered: (answer: IncomingMessage) => void,
): void => {
  const [hostname, port] = target.split(':');
  const { method, url, headers } = incoming;
  const inner = forward({ hostname, port, method, path: url, headers }, answered);
  inner.on('error', () => outgoing.destroy());
  incoming.pipe(inner);
};
