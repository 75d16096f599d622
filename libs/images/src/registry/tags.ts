/** The list of a repository's tags, which a registry hands out in pages. */
import type { HttpAnswer } from '@nx-ci-cache/http';
import { registryFailed } from './failure';
import { repositoryUrl, type ImageReference } from './reference';

/** As many as registries with a limit of their own allow. */
const pageSize = 1000;

export const tagsUrl = (reference: ImageReference): string => `${repositoryUrl(reference)}/tags/list?n=${pageSize}`;

/** Of one page; a repository whose last tag was removed has none. @throws CiCacheError `RegistryFailed` for another form. */
export const tagsIn = ({ body }: HttpAnswer, repository: string): readonly string[] => {
  const tags = listIn(body);
  if (tags !== undefined) return tags;
  throw registryFailed(`the registry answered no list of tags for ${repository}`);
};

const listIn = (body: Buffer): readonly string[] | undefined => {
  try {
    const { tags } = JSON.parse(body.toString('utf8')) as { tags?: unknown };
    if (tags === null) return [];
    return Array.isArray(tags) && tags.every((tag) => typeof tag === 'string') ? tags : undefined;
  } catch {
    return undefined;
  }
};

/** @throws CiCacheError `RegistryFailed`: a page elsewhere, where our account is nobody's business. */
export const nextPage = ({ headers }: HttpAnswer, page: string): string | undefined => {
  const link = /<([^<>]+)>\s*;\s*rel="?next"?/.exec(headers['link'] ?? '')?.[1];
  if (link === undefined) return undefined;
  const next = new URL(link, page);
  if (next.origin === new URL(page).origin && next.href !== page) return next.href;
  throw registryFailed(`the registry names ${next.href} as the next page of ${page}`);
};
