/** What the pages of a package index say: projects by name, files by upload time; JSON, or the older HTML. */
import { CiCacheError } from '@nx-ci-cache/process';
import { normaliseName } from '@nx-ci-cache/config';
import type { IndexPage } from './page';

/** Normalised names on the page of all projects. @throws CiCacheError `ResolveFailed` for a page that lists none. */
export const projectsOn = ({ type, body }: IndexPage, index: string): readonly string[] => {
  const names = type.includes('json')
    ? (listIn(body, 'projects') ?? []).map(({ name }) => name)
    : [...body.matchAll(/<a\b[^>]*>([^<]+)<\/a>/gi)].map(([, name]) => name);
  const known = names.flatMap((name) => (typeof name === 'string' ? [normaliseName(name.trim())] : []));
  if (known.length > 0) return [...new Set(known)].sort();
  throw new CiCacheError('ResolveFailed', `the index ${index}: its page of all projects lists none`, {
    remedy:
      'Without upload times every page must be found: point the url at a Simple API index that lists its projects.',
  });
};

/** Upload time of the newest file of a project, or why it is not known. */
export const newestUpload = ({ type, body }: IndexPage): { readonly at: string } | { readonly unknown: string } => {
  const files = type.includes('json') ? listIn(body, 'files') : undefined;
  if (files === undefined) return { unknown: `its page is no JSON that lists files (${type || 'no type'})` };
  if (files.length === 0) return { unknown: 'its page lists no file' };
  const times = files.map((file) => file['upload-time']).filter((time) => typeof time === 'string');
  if (times.length < files.length || times.some((time) => Number.isNaN(Date.parse(time))))
    return { unknown: 'its files do not all say when they were uploaded' };
  return { at: times.reduce((newest, time) => (Date.parse(time) > Date.parse(newest) ? time : newest)) };
};

/** Undefined for a body that is no JSON, or has no such list. */
const listIn = (body: string, key: string): readonly Record<string, unknown>[] | undefined => {
  try {
    const value = (JSON.parse(body) as Record<string, unknown>)[key];
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
