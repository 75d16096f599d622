/** A line between git and its server that can be refused, reset, cut at a byte, slowed down or left hanging. */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface ProxyRule {
  /** Counts from 0; every later one behaves well unless `lasting`. */
  readonly connection: number;
  readonly lasting?: boolean;
  readonly direction: 'to server' | 'to client';
  /** Bytes that still pass. */
  readonly after: number;
  readonly act: 'reset' | 'end' | 'hang' | 'slow';
}

export interface Proxy {
  readonly host: string;
  readonly port: number;
  rule: ProxyRule | undefined;
  /** Connections the rule met. */
  fired: number;
  /** Bytes that passed, by direction. */
  readonly passed: Record<ProxyRule['direction'], number>;
  readonly refuse: () => Promise<void>;
  readonly accept: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Of its own, so that nobody else is given its port while it refuses: all of 127/8 is loopback. */
const loopback = (): string => ['127', ...Array.from({ length: 3 }, () => randomInt(1, 255))].join('.');

export const startProxy = async (target: () => number): Promise<Proxy> => {
  const host = loopback();
  const open = new Set<Socket>();
  let count = 0;
  let server: Server;
  const accept = async (port = 0) => {
    server = createServer((client) => {
      const upstream = connect(target(), '127.0.0.1');
      const { rule } = proxy;
      const met = rule !== undefined && (rule.lasting ? count >= rule.connection : count === rule.connection);
      count += 1;
      for (const socket of [client, upstream]) {
        open.add(socket);
        socket.on('error', () => undefined).on('close', () => open.delete(socket));
      }
      client.on('close', () => upstream.destroy());
      forward(proxy, met ? rule : undefined, 'to server', client, upstream, client);
      forward(proxy, met ? rule : undefined, 'to client', upstream, client, client);
    }).listen(port, host);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const close = async () => {
    for (const socket of open) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  const proxy: Proxy = {
    host,
    port: await accept(),
    rule: undefined,
    fired: 0,
    passed: { 'to server': 0, 'to client': 0 },
    refuse: close,
    // A step that never came has refused nothing.
    accept: async () => void (server.listening || (await accept(proxy.port))),
    close,
  };
  return proxy;
};

const forward = (
  proxy: Proxy,
  rule: ProxyRule | undefined,
  direction: ProxyRule['direction'],
  from: Socket,
  to: Socket,
  client: Socket,
): void => {
  let left = rule?.direction === direction ? rule.after : Infinity;
  from.on('data', (chunk) => {
    if (left === 0) return;
    const kept = chunk.subarray(0, left);
    proxy.passed[direction] += kept.length;
    left -= kept.length;
    if (kept.length > 0) to.write(kept);
    if (left > 0) return;
    proxy.fired += 1;
    if (rule?.act === 'slow') return void trickle(from, to, chunk.subarray(kept.length)).catch(() => to.destroy());
    if (rule?.act === 'reset') client.resetAndDestroy();
    if (rule?.act === 'end') client.destroySoon();
  });
  from.on('end', () => {
    if (left > 0) to.end();
  });
};

const [sliceBytes, sliceMs] = [64, 5];

/** The rest of a connection in slices: slow, but not so slow that git gives up. */
const trickle = async (from: Socket, to: Socket, first: Buffer): Promise<void> => {
  from.removeAllListeners('data').removeAllListeners('end');
  from.pause();
  from.unshift(first);
  for await (const chunk of from as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      to.write(chunk.subarray(at, at + sliceBytes));
      await new Promise((resolve) => setTimeout(resolve, sliceMs));
    }
  }
  to.end();
};
