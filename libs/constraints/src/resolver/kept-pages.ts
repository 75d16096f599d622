/**
 * Pages of packages that this machine read a short while ago, for all cells of a run: the resolver keeps its own in a form
 * that is its secret. They last as long as those do, so that both see the same releases.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, readTextIfPresent, writeFileAtomic } from '@nx-ci-cache/process';
import type { HttpAnswer, Send } from '@nx-ci-cache/http';
import { normaliseName } from '@nx-ci-cache/config';
import type { CellFacts } from '@nx-ci-cache/records';
import { indexAt } from '../indexes/facts';
import { connected, type PageReader } from '../indexes/page';
import { cacheFolder } from './cache';

/** What a release's metadata says never changes. */
const metadataSeconds = Infinity;

/** @returns a reader for pages of projects, and for what files of releases say of themselves. */
export const keptPages = async (facts: CellFacts): Promise<PageReader & { readonly send: Send }> => {
  const reader = connected({ environment: process.env });
  // A new one each day, since none is ever taken out of it.
  const folder = await cacheFolder(`pages-${new Date().toISOString().slice(0, 10)}`);
  const send: Send = async (request) => {
    const path = join(folder, `${digestOf(request.url).slice('sha256:'.length)}.txt`);
    const kept = await readKept(path, secondsOf(request.url, facts));
    if (kept !== undefined) return answerOf(kept);
    const answer = await reader.send(request);
    const page = keptOf(answer);
    // Somebody else's cache may be read alone.
    if (page !== undefined) await writeFileAtomic(path, page).catch(() => undefined);
    return answer;
  };
  return { ...reader, send };
};

/** A page of an index without upload times holds for this moment only, and so does that of an exempt package. */
const secondsOf = (url: string, facts: CellFacts): number => {
  if (url.endsWith('.metadata')) return metadataSeconds;
  const index = indexAt(url, facts);
  const name = url.replace(/\/$/, '').split('/').at(-1) ?? '';
  const isExempt = Object.keys(facts.exempt ?? {}).some((each) => normaliseName(each) === name);
  return index === undefined || index.fingerprint !== undefined || isExempt ? 0 : facts.pageMaxAge;
};

const readKept = async (path: string, seconds: number): Promise<string | undefined> => {
  const written = await stat(path).catch(() => undefined);
  if (written === undefined || Date.now() - written.mtimeMs >= seconds * 1000) return undefined;
  return readTextIfPresent(path).catch(() => undefined);
};

/** Status and type on a line of their own, then the body. */
const keptOf = ({ status, headers, body }: HttpAnswer): string | undefined => {
  if (status !== 200 && status !== 404) return undefined;
  const type = headers['content-type'] ?? '';
  const text = status === 200 ? body.toString('utf8') : '';
  return `${status} ${type}\n${type.includes('json') ? onlyFiles(text) : text}`;
};

const answerOf = (kept: string): HttpAnswer => {
  const end = kept.indexOf('\n');
  return {
    status: Number(kept.slice(0, 3)),
    headers: { 'content-type': kept.slice(4, end) },
    body: Buffer.from(kept.slice(end + 1)),
  };
};

/** The half of a page that anybody here reads. */
const onlyFiles = (text: string): string => {
  try {
    const { files } = JSON.parse(text) as { readonly files?: unknown };
    if (!Array.isArray(files)) return text;
    return JSON.stringify({ files: files.map((file) => Object.fromEntries(read.map((key) => [key, file?.[key]]))) });
  } catch {
    return text;
  }
};

const read = ['filename', 'url', 'requires-python', 'upload-time', 'yanked', 'core-metadata'] as const;
