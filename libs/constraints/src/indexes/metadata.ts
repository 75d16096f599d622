/** What a release says it requires, by the metadata that lies beside its wheel (PEP 658): a few kilobytes, and nothing is built. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts } from '@nx-ci-cache/records';
import { normaliseName } from '../file/pins';
import { indexesOf } from './facts';
import { filesOn } from './files';
import { readFrom, type PageReader } from './page';
import { readProject } from './project-pages';
import { releasesSeen, seenRules } from './seen';

export interface Metadata {
  readonly requires: readonly Requires[];
  readonly extras: readonly string[];
}

export interface Requires {
  /** As it stands there. */
  readonly text: string;
  readonly name: string;
  readonly extras: readonly string[];
  /** Bounds, empty for none. */
  readonly bounds: string;
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
    const releases = releasesSeen(name, filesOn(page) ?? [], { ...seenRules(name, facts), prereleases: true });
    const files = [...releases].find(([each]) => compare(each, version) === 0)?.[1] ?? [];
    const file = files.find((each) => typeof each.url === 'string' && Boolean(each['core-metadata']));
    const index = indexesOf(facts).find(({ url }) => page.url.startsWith(url));
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

const requiresOf = (text: string): Requires[] => {
  const [, name, extras = '', bounds = '', marker = ''] = form.exec(text) ?? [];
  if (name === undefined) return [];
  const [, ofExtra] = /\bextra\s*==\s*['"]([^'"]+)['"]/.exec(marker) ?? [];
  return [
    {
      text,
      name: normaliseName(name),
      extras: extras.split(',').flatMap((each) => (each.trim() === '' ? [] : [normaliseName(each.trim())])),
      bounds: bounds.replace(/^\(|\)$/g, '').trim(),
      ...(ofExtra !== undefined && { ofExtra: normaliseName(ofExtra) }),
    },
  ];
};

/** Name, extras, bounds in parentheses or without, marker. */
const form = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*([^;@]*?)\s*(?:;(.*))?$/;
