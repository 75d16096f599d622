/** The names of things, each from one pure function: what a cell or a leg is called in targets, paths and tags. */
import type { Cell, Config, Leg, PublishedImage } from './config';
import { architectureOf } from './platform';

/** `linux/amd64` → `linux-amd64`, the spelling for names, paths and tags. */
export const platformName = (platform: string): string => platform.replaceAll('/', '-');

/** The platform that a file for all is resolved for: where each has its own, this one's keeps that name. */
export const plainPlatform = 'linux/amd64';

export const cellName = ({ mode, python, platform = plainPlatform }: Cell): string =>
  platform === plainPlatform ? `${mode}-${python}` : `${mode}-${python}-${platformName(platform)}`;

export const legName = ({ image, python, platform }: Leg): string => `${image}-${python}-${platformName(platform)}`;

/** The mode of a cell for people, told apart from its files for other platforms. */
export const modeWords = ({ mode, platform = plainPlatform }: Cell): string =>
  platform === plainPlatform ? mode : `${mode} on ${platform}`;

/** The file of a cell on the constraints branch. */
export const constraintFile = (cell: Cell): string => `${cellName(cell)}.txt`;

/** The file of a cell as a build finds it: the same name on every platform, so that one Dockerfile serves all. */
export const fileInBuild = ({ mode, python }: Cell): string => constraintFile({ mode, python });

/** The registry tag, beside the image's own tags, under which a verified leg records its state. */
export const legTag = (leg: Leg): string => `leg--${legName(leg)}`;

/** Mode × Python, without the Pythons a mode does not apply to; × platform where the mode has a file for each. */
export const cellsOf = ({ modes, pythons, platforms }: Pick<Config, 'modes' | 'pythons' | 'platforms'>): Cell[] =>
  modes.flatMap(({ name: mode, pythons: own = pythons, perPlatform }) =>
    pythons
      .filter((python) => own.includes(python))
      .flatMap((python) =>
        perPlatform === true
          ? [...new Set(platforms.map(architectureOf))].map((platform) => ({ mode, python, platform }))
          : [{ mode, python }],
      ),
  );

/** The cells whose files enter a leg's build: those of its Python that serve its platform. */
export const cellsOfLeg = (leg: Pick<Leg, 'python' | 'platform'>, config: Parameters<typeof cellsOf>[0]): Cell[] =>
  cellsOf(config).filter(
    ({ python, platform }) =>
      python === leg.python && (platform === undefined || platform === architectureOf(leg.platform)),
  );

/** The legs of one index, in the order of their platforms. */
export const legsOfImage = ({ image, python }: PublishedImage, config: Config): Leg[] =>
  legsOf(config).filter((leg) => leg.image === image && leg.python === python);

export const legsOf = ({ images, pythons, platforms }: Config): Leg[] =>
  images.flatMap(({ name: image }) =>
    pythons.flatMap((python) => platforms.map((platform) => ({ image, python, platform }))),
  );
