/** A package index on a loopback port whose every answer a test decides: what it holds, what it hides, how it fails. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normaliseName } from '../file/pins';
import type { Fault } from './faults';
import { projectPage, rootPage, type Page } from './pages';
import { distributionOf, type Release } from './release';

export interface LocalIndexOptions {
  /** Speaks the older HTML, which has no upload times. Default: false. */
  readonly html?: boolean;
  /** Asks for these and answers 401 without them. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

export interface LocalIndex {
  /** Simple API URL. */
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: readonly string[];
  publish(...releases: readonly Release[]): void;
  withdraw(name: string, version: string): void;
  /** Answers every path that holds `part` by `fault`; undefined heals it. */
  plant(part: string, fault: Fault | undefined): void;
  close(): Promise<void>;
}

export const startIndex = async (
  initial: readonly Release[],
  { html = false, credentials }: LocalIndexOptions = {},
): Promise<LocalIndex> => {
  let releases: readonly Release[] = [...initial];
  const faults = new Map<string, Fault>();
  const requests: string[] = [];

  const server = createServer((request, response) => {
    const path = request.url ?? '';
    requests.push(path);
    if (credentials !== undefined && !authorised(request, credentials)) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="local"' }).end();
      return;
    }
    for (const [part, fault] of faults) if (path.includes(part) && fault(request, response)) return;
    answer(path, releases, html, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`,
    requests,
    publish: (...more) => void (releases = [...releases, ...more]),
    withdraw: (name, version) =>
      void (releases = releases.filter((each) => each.name !== name || each.version !== version)),
    plant: (part, fault) => void (fault === undefined ? faults.delete(part) : faults.set(part, fault)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const answer = (path: string, releases: readonly Release[], html: boolean, response: ServerResponse): void => {
  const file = /^\/files\/(.+?)(\.metadata)?$/.exec(path);
  if (file !== null) {
    const found = releases.map(distributionOf).find((each) => each.file === file[1]);
    if (found === undefined) response.writeHead(404).end();
    else response.writeHead(200).end(file[2] === undefined ? found.bytes : found.metadata);
    return;
  }
  const page = pageAt(path, releases, html);
  if (page === undefined) response.writeHead(404).end();
  else response.writeHead(200, { 'content-type': page.type }).end(page.body);
};

const pageAt = (path: string, releases: readonly Release[], html: boolean): Page | undefined => {
  const [, name] = /^\/simple\/(?:([^/]+)\/)?$/.exec(path) ?? [];
  if (name === undefined) return rootPage([...new Set(releases.map((each) => normaliseName(each.name)))], html);
  const own = releases.filter((each) => normaliseName(each.name) === name);
  return own.length === 0 ? undefined : projectPage(own, html);
};

const authorised = ({ headers }: IncomingMessage, { username, password }: { username: string; password: string }) =>
  headers.authorization === `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
