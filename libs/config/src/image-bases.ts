/** An image that starts from another one of its configuration: which, and that each comes to an end. */
import { leavesImage, type Config, type Image } from '@nx-ci-cache/records';
import { invalid } from './invalid';

type Written = Readonly<Record<string, string | { readonly image: string }>>;

/** References and images apart. */
export const normaliseBases = (written: Written = {}): Pick<Image, 'bases' | 'imageBases'> => ({
  bases: Object.fromEntries(
    Object.entries(written).flatMap(([argument, base]) => (typeof base === 'string' ? [[argument, base]] : [])),
  ),
  imageBases: Object.fromEntries(
    Object.entries(written).flatMap(([argument, base]) => (typeof base === 'string' ? [] : [[argument, base.image]])),
  ),
});

/** @throws CiCacheError `OptionInvalid`: a base that is not there, leaves no image, or starts from its own user. */
export const checkImageBases = ({ file, images, modes }: Config): void => {
  const named = new Map(images.map((image) => [image.name, image]));
  const frozen = new Set(modes.map(({ image }) => image));
  for (const image of images) {
    for (const [argument, base] of Object.entries(image.imageBases)) {
      const refused = (allowed: string) =>
        invalid({ file, key: `images.${image.name}.bases.${argument}` }, { image: base }, allowed);
      const found = named.get(base);
      const others = [...named.keys()].filter((name) => name !== image.name);
      if (found === undefined) throw refused(`one of the other images: ${others.join(', ') || 'there is none'}`);
      if (!leavesImage(found)) throw refused(`an image that is published: images.${base}.publish is "cache"`);
      const way = wayTo(image.name, base, named);
      if (way !== undefined) throw refused(`an image that does not start from this one: ${way.join(' → ')}`);
      // It is built before the constraints are pushed from which its base would be.
      if (frozen.has(image.name))
        throw refused('a registry reference: a mode freezes this image, before any other is built');
    }
  }
};

/** The images from `user` over `base` back to `user`; undefined when there is no such way. */
const wayTo = (
  user: string,
  base: string,
  named: ReadonlyMap<string, Image>,
  gone: readonly string[] = [user],
): readonly string[] | undefined => {
  const way = [...gone, base];
  if (base === user) return way;
  // A ring that the user is no part of is found at its own images.
  if (gone.includes(base)) return undefined;
  for (const next of Object.values(named.get(base)?.imageBases ?? {})) {
    const found = wayTo(user, next, named, way);
    if (found !== undefined) return found;
  }
  return undefined;
};
