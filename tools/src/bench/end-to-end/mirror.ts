/** A package index on loopback that keeps what it once fetched, so that the network has no part in a measurement. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface Mirror {
  /** Simple API URL. */
  readonly url: string;
  close(): Promise<void>;
}

const json = 'application/vnd.pypi.simple.v1+json';

/** @param upstream Simple API URL of the index it stands for. @param folder what was fetched, kept between measurements. */
export const startMirror = async (upstream: string, folder: string): Promise<Mirror> => {
  mkdirSync(folder, { recursive: true });
  const pages = new Map<string, Buffer>();
  let here = '';

  const page = async (name: string): Promise<Buffer> => {
    const known = pages.get(name);
    if (known !== undefined) return known;
    const fetched = await kept(folder, `${upstream.replace(/\/?$/, '/')}${name}/`, json);
    const made = Buffer.from(withFilesHere(fetched.toString(), here));
    pages.set(name, made);
    return made;
  };

  const server = createServer((request, response) => {
    const [, kind, name = ''] = /^\/(simple|files)\/([^/]+)/.exec(request.url ?? '') ?? [];
    const ending = request.url?.endsWith('.metadata') === true ? '.metadata' : '';
    const answer = kind === 'simple' ? page(name) : kept(folder, fileUrl(name) + ending);
    answer.then(
      (body) => response.writeHead(200, headersOf(kind, body)).end(request.method === 'HEAD' ? undefined : body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${here}/simple/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const headersOf = (kind: string | undefined, body: Buffer) => ({
  'content-type': kind === 'simple' ? json : 'application/octet-stream',
  'content-length': body.length,
  'cache-control': kind === 'simple' ? 'max-age=600' : 'max-age=31536000, immutable',
});

/** The address of a file holds that of its origin, and ends in its name. */
const withFilesHere = (text: string, here: string): string => {
  const index = JSON.parse(text) as { files: { url: string; filename: string }[] };
  const files = index.files.map((file) => ({
    ...file,
    url: `${here}/files/${Buffer.from(file.url).toString('base64url')}/${encodeURIComponent(file.filename)}`,
  }));
  return JSON.stringify({ ...index, files });
};

const fileUrl = (name: string): string => Buffer.from(name, 'base64url').toString();

const kept = async (folder: string, url: string, accept = '*/*'): Promise<Buffer> => {
  const path = join(folder, createHash('sha256').update(url).digest('hex'));
  if (existsSync(path)) return readFileSync(path);
  const response = await fetch(url, { headers: { accept } });
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  const body = Buffer.from(await response.arrayBuffer());
  writeFileSync(`${path}.part`, body);
  renameSync(`${path}.part`, path);
  return body;
};
