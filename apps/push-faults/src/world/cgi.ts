/** One request to `git http-backend`, as a web server would run it. */
import { spawn } from 'node:child_process';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { plainEnvironment } from './git';

export interface CgiAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

export interface CgiRequest {
  /** Folder that holds the repositories. */
  readonly root: string;
  readonly request: IncomingMessage;
  /** Command the backend runs under. */
  readonly under: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The whole answer; a backend that died without one is an internal server error, as it is everywhere. */
export const runBackend = ({ root, request, under, env }: CgiRequest): Promise<CgiAnswer> =>
  new Promise((resolve) => {
    const [file = '', ...args] = [...under, 'git', 'http-backend'];
    const url = new URL(request.url ?? '/', 'http://localhost');
    const child = spawn(file, args, {
      env: { ...plainEnvironment, ...env, ...variables(root, url, request.method ?? 'GET', request.headers) },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.on('error', () => undefined).on('close', () => child.stdin.end());
    child.stdin.on('error', () => undefined);
    request.pipe(child.stdin);
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('close', () => resolve(parse(Buffer.concat(chunks))));
  });

const variables = (root: string, url: URL, method: string, headers: IncomingHttpHeaders): Record<string, string> => ({
  GIT_PROJECT_ROOT: root,
  GIT_HTTP_EXPORT_ALL: '1',
  PATH_INFO: decodeURIComponent(url.pathname),
  QUERY_STRING: url.search.slice(1),
  REQUEST_METHOD: method,
  REMOTE_USER: 'bot',
  REMOTE_ADDR: '127.0.0.1',
  CONTENT_TYPE: headers['content-type'] ?? '',
  HTTP_CONTENT_ENCODING: String(headers['content-encoding'] ?? ''),
  GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
});

const parse = (output: Buffer): CgiAnswer => {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) return { status: 500, headers: { 'content-type': 'text/plain' }, body: Buffer.alloc(0) };
  const fields = output
    .subarray(0, end)
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.split(/:\s*/, 2) as [string, string]);
  const status = Number.parseInt(fields.find(([name]) => name.toLowerCase() === 'status')?.[1] ?? '200', 10);
  const headers = Object.fromEntries(fields.filter(([name]) => name.toLowerCase() !== 'status'));
  return { status, headers, body: output.subarray(end + 4) };
};
