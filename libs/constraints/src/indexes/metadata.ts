/** What a release says it requires, by the metadata that lies beside its wheel (PEP 658): a few kilobytes, and nothing is built. */
import type { CellFacts } from '@nx-ci-cache/records';
import { normaliseName } from '../file/pins';
import { parseRequirement, type Requirement } from '../requirements/requirement';
import { indexAt } from './facts';
import { filesOn } from './files';
import { readFrom, type PageReader } from './page';
import { readProject } from './project-pages';
import { anyRelease, filesOfRelease } from './seen';

export interface Metadata {
  readonly requires: readonly Requires[];
  readonly extras: readonly string[];
}

export interface Requires extends Pick<Requirement, 'name' | 'extras' | 'bounds'> {
  /** As it stands there. */
  readonly text: string;
  /** Extra of the release without which it is not required. */
  readonly ofExtra?: string;
}

/** Undefined where the index does not tell. @param name normalised. */
export const readMetadata = async (
  name: string,
  version: string,
  facts: CellFacts,
  reader: PageReader,
): Promise<Metadata | undefined> => {
  const pages = await readProject(name, facts, reader);
  for (const page of typeof pages === 'string' ? [] : pages) {
    const files = filesOfRelease(version, anyRelease(name, filesOn(page) ?? [], facts));
    const file = files.find((each) => typeof each.url === 'string' && Boolean(each['core-metadata']));
    const index = indexAt(page.url, facts);
    if (file === undefined || index === undefined) continue;
    const url = `${new URL(String(file.url), page.url).href}.metadata`;
    const answer = await readFrom(index, url, reader).catch(() => undefined);
    return answer?.status === 200 ? parseMetadata(answer.body.toString('utf8')) : undefined;
  }
  return undefined;
};

/** @param text of a METADATA file. */
export const parseMetadata = (text: string): Metadata => {
  const [head = ''] = text.split(/\r?\n\r?\n/, 1);
  const valuesOf = (key: string) =>
    [...head.matchAll(new RegExp(`^${key}:[ \t]*(.*\\S)`, 'gim'))].map(([, value = '']) => value);
  return { requires: valuesOf('Requires-Dist').flatMap(requiresOf), extras: valuesOf('Provides-Extra') };
};

/** A direct reference names no release, so nothing is known of it. */
const requiresOf = (text: string): Requires[] => {
  const parsed = parseRequirement(text);
  if (parsed === undefined || parsed.bounds.includes('@')) return [];
  const { name, extras, bounds, marker } = parsed;
  const [, ofExtra] = /\bextra\s*==\s*['"]([^'"]+)['"]/.exec(marker) ?? [];
  return [{ text, name, extras, bounds, ...(ofExtra !== undefined && { ofExtra: normaliseName(ofExtra) }) }];
};
