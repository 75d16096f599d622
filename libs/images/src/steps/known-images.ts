/** The digest of each image that a step takes from, as the leg's inputs know it. */
import type { Taken } from '../dockerfile/stages';
import { isPinned, parseReference, type ImageReference } from '../registry/reference';
import { shortDigest } from './step';

type Texts = Readonly<Record<string, string>>;

/** @param pinned each as `name:tag@digest`. @param contexts names that are no images. */
export const knownImages = (pinned: readonly string[], contexts: ReadonlySet<string>) => {
  const known = new Map(pinned.map(parseReference).map((image) => [fullName(image), image.digest ?? '']));
  return (taken: readonly Taken[]): Texts =>
    Object.fromEntries(
      taken
        .filter(({ name, stage }) => stage === undefined && name !== 'scratch' && !contexts.has(name.toLowerCase()))
        .map(({ name }) => {
          const image = parseReference(name);
          const own = isPinned(name) ? image.digest : undefined;
          return [fullName(image), shortDigest(known.get(fullName(image)) ?? own ?? '')];
        }),
    );
};

const fullName = ({ host, repository, tag = 'latest' }: ImageReference): string => `${host}/${repository}:${tag}`;
