/** The images that modes freeze: one build per image and Python, whichever number of modes look at it. */
import type { Cell, Config } from '@nx-ci-cache/records';

/** The build argument that hands the cut-off to a Dockerfile; it has a value only in the build that is frozen. */
export const cutoffArgument = 'CI_CACHE_CUTOFF';

export interface FrozenImage {
  readonly image: string;
  readonly python: string;
  /** The first of `platforms`: what is frozen must not depend on the machine that asks. */
  readonly platform: string;
  /** `<python>`, or `<image>-<python>` when modes freeze several images. */
  readonly name: string;
}

type Frozen = Pick<Config, 'modes' | 'pythons' | 'platforms'>;

export const frozenImagesOf = ({ modes, pythons, platforms }: Frozen): FrozenImage[] => {
  const images = [...new Set(modes.flatMap(({ image }) => (image === undefined ? [] : [image])))];
  const isUsed = (image: string, python: string) =>
    modes.some((mode) => mode.image === image && (mode.pythons?.includes(python) ?? true));
  return images.flatMap((image) =>
    pythons
      .filter((python) => isUsed(image, python))
      .map((python) => ({
        ...{ image, python, platform: platforms[0] ?? '' },
        name: images.length === 1 ? python : `${image}-${python}`,
      })),
  );
};

/** What the cell's mode freezes, or undefined when a resolver finds its constraints. */
export const frozenImageOf = (config: Frozen, { mode, python }: Cell): FrozenImage | undefined => {
  const image = config.modes.find(({ name }) => name === mode)?.image;
  if (image === undefined) return undefined;
  return frozenImagesOf(config).find((each) => each.image === image && each.python === python);
};
