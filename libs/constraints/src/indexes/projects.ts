/** What the pages of a package index say: projects by name, files by upload time; JSON, or the older HTML. */
import { CiCacheError } from '@nx-ci-cache/process';
import { normaliseName } from '@nx-ci-cache/config';
import type { IndexPage } from './page';

/** Normalised names on the page of all projects. @throws CiCacheError `ResolveFailed` for a page that lists none. */
export const projectsOn = ({ type, body }: IndexPage, index: string): readonly string[] => {
  const names = type.includes('json')
    ? listIn(body, 'projects').map(({ name }) => name)
    : [...body.matchAll(/<a\b[^>]*>([^<]+)<\/a>/gi)].map(([, name]) => name);
  const known = names.flatMap((name) => (typeof name === 'string' ? [normaliseName(name.trim())] : []));
  if (known.length > 0) return [...new Set(known)].sort();
  throw new CiCacheError('ResolveFailed', `the index ${index}: its page of all projects lists none`, {
    remedy:
      'Without upload times every page must be found: point the url at a Simple API index that lists its projects.',
  });
};

/** Upload time of the newest file of a project, undefined when one of its files does not say. */
export const newestUpload = ({ type, body }: IndexPage): string | undefined => {
  if (!type.includes('json')) return undefined;
  const times = listIn(body, 'files').map((file) => file['upload-time']);
  if (times.length === 0 || times.some((time) => typeof time !== 'string' || Number.isNaN(Date.parse(time))))
    return undefined;
  return (times as string[]).reduce((newest, time) => (Date.parse(time) > Date.parse(newest) ? time : newest));
};

const listIn = (body: string, key: string): readonly Record<string, unknown>[] => {
  try {
    const value = (JSON.parse(body) as Record<string, unknown>)[key];
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
};
