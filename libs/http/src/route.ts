/** The way to a URL: direct, through a tunnel, or handed to a proxy; connections are kept for the next request. */
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { SecureContext } from 'node:tls';
import { secureContext } from './certificates';
import { proxyAuthorization, proxyFor } from './proxy';
import { TunnelAgent } from './tunnel';

/** Starts a request; nothing is sent before its `end`. */
export type Start = (url: URL, options: RequestOptions) => ClientRequest;

export const routes = (environment: NodeJS.ProcessEnv, patienceMs: number): Start => {
  const kept = { keepAlive: true };
  const agents = new Map<string, HttpAgent>();
  const agent = <Kind extends HttpAgent>(key: string, make: () => Kind): HttpAgent => {
    const known = agents.get(key) ?? make();
    agents.set(key, known);
    return known;
  };
  let context: SecureContext | undefined;
  const trust = () => (context ??= secureContext(environment));
  const plain = () => agent('http', () => new HttpAgent(kept));
  const secure = () => agent('https', () => new HttpsAgent({ ...kept, secureContext: trust() }));

  const handOver = (proxy: URL, url: URL, options: RequestOptions): ClientRequest => {
    const headers = { ...options.headers, host: url.host, ...proxyAuthorization(proxy) };
    const whole = { ...options, path: `${url.origin}${url.pathname}${url.search}`, headers };
    return proxy.protocol === 'https:'
      ? httpsRequest(proxy.origin, { ...whole, agent: secure() })
      : httpRequest(proxy.origin, { ...whole, agent: plain() });
  };

  return (url, options) => {
    const proxy = proxyFor(url, environment);
    if (url.protocol === 'https:') {
      const through = () => new TunnelAgent(proxy as URL, { ...kept, patienceMs, secureContext: trust() });
      return httpsRequest(url, {
        ...options,
        agent: proxy === undefined ? secure() : agent(`through ${proxy.href}`, through),
      });
    }
    return proxy === undefined ? httpRequest(url, { ...options, agent: plain() }) : handOver(proxy, url, options);
  };
};
