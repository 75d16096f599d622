/** Which proxy a URL goes through, by the rules buildx and BuildKit follow: all of a run must take the same way out. */
import { BlockList, isIP } from 'node:net';

/** Undefined: directly. Loopback always is. @throws Error naming the variable that holds no proxy we can use. */
export const proxyFor = (url: URL, environment: NodeJS.ProcessEnv): URL | undefined => {
  if (isLoopback(url.hostname)) return undefined;
  const name = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const proxy = valueOf(name, environment);
  if (proxy === '' || isExempt(url, valueOf('NO_PROXY', environment))) return undefined;
  return proxyUrl(name, proxy);
};

const valueOf = (name: string, environment: NodeJS.ProcessEnv): string =>
  (environment[name] || environment[name.toLowerCase()] || '').trim();

const proxyUrl = (name: string, text: string): URL => {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new Error(`${name} names no http:// or https:// proxy`);
};

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/** NO_PROXY: `*`, addresses, CIDR blocks, `example.com` (with all below it), `.example.com` (only what is below it), each with or without port. */
const isExempt = (url: URL, list: string): boolean =>
  list
    .toLowerCase()
    .split(',')
    .some((entry) => matches(url, entry.trim()));

const matches = (url: URL, entry: string): boolean => {
  if (entry === '' || entry === '*') return entry === '*';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (entry.includes('/')) return isInBlock(host, entry);
  const [, bracketed, name, port] = /^(?:\[([^\]]+)\]|((?:[^:]+)|(?:[^:]*:[^:]*:.*)))(?::(\d+))?$/.exec(entry) ?? [];
  if (port !== undefined && port !== portOf(url)) return false;
  const wanted = (bracketed ?? name ?? '').replace(/^\*\./, '.');
  if (wanted.startsWith('.')) return host.endsWith(wanted);
  return host === wanted || (isIP(host) === 0 && host.endsWith(`.${wanted}`));
};

const portOf = ({ port, protocol }: URL): string => port || (protocol === 'https:' ? '443' : '80');

const isInBlock = (host: string, block: string): boolean => {
  const [network = '', bits = ''] = block.split('/');
  const family = isIP(host);
  if (family === 0 || isIP(network) !== family || !/^\d{1,3}$/.test(bits)) return false;
  if (Number(bits) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, Number(bits), type);
  return list.check(host, type);
};

/** User and password of a proxy's URL as the header it asks for. */
export const proxyAuthorization = ({ username, password }: URL): Record<string, string> => {
  if (username === '' && password === '') return {};
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(account).toString('base64')}` };
};
