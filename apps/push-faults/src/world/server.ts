/** Git over HTTP on loopback, with a place where an answer can be refused, replaced, held back or taken away. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runBackend } from './cgi';

/** `read` and `write` first ask what is there, then do it. */
export type Call = 'read: refs' | 'read: objects' | 'write: refs' | 'write: objects';

export interface Action {
  /** Let git do its work before the answer is replaced. Default: true when there is nothing else to do. */
  readonly apply?: boolean;
  /** Command the backend runs under. */
  readonly under?: readonly string[];
  readonly answer?: { readonly status: number; readonly headers?: OutgoingHttpHeaders; readonly body?: string };
  readonly silence?: 'hang' | 'reset';
}

export interface GitServer {
  readonly port: number;
  /** What happens to a call; undefined for the ordinary. */
  intercept: (call: Call, request: IncomingMessage) => Action | undefined;
  readonly close: () => Promise<void>;
}

export const startServer = async (root: string, env: Readonly<Record<string, string>>): Promise<GitServer> => {
  const http = createServer((request, response) => {
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    void serve(root, env, git.intercept(callOf(request), request) ?? {}, request, response);
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  const git: GitServer = {
    port: (http.address() as AddressInfo).port,
    intercept: () => undefined,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  return git;
};

const callOf = ({ url = '' }: IncomingMessage): Call =>
  `${/git-receive-pack/.test(url) ? 'write' : 'read'}: ${/info\/refs/.test(url) ? 'refs' : 'objects'}`;

const serve = async (
  root: string,
  env: Readonly<Record<string, string>>,
  { apply, under = [], answer, silence }: Action,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const replaced = answer !== undefined || silence !== undefined;
  const done = (apply ?? !replaced) ? await runBackend({ root, request, under, env }) : undefined;
  if (silence === 'reset') return void request.socket.resetAndDestroy();
  if (silence === 'hang') return;
  if (answer !== undefined) {
    request.resume();
    return void response.writeHead(answer.status, answer.headers).end(answer.body);
  }
  if (done !== undefined) response.writeHead(done.status, done.headers).end(done.body);
};
