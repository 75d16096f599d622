/** The names of things, each from one pure function: what a cell or a leg is called in targets, paths and tags. */
import type { Cell, Config, Leg, PublishedImage } from './config';

/** `linux/amd64` → `linux-amd64`, the spelling for names, paths and tags. */
export const platformName = (platform: string): string => platform.replaceAll('/', '-');

export const cellName = ({ mode, python }: Cell): string => `${mode}-${python}`;

export const legName = ({ image, python, platform }: Leg): string => `${image}-${python}-${platformName(platform)}`;

/** The file of a cell on the constraints branch. */
export const constraintFile = (cell: Cell): string => `${cellName(cell)}.txt`;

/** The registry tag, beside the image's own tags, under which a verified leg records its state. */
export const legTag = (leg: Leg): string => `leg--${legName(leg)}`;

/** Mode × Python, without the Pythons a mode does not apply to. */
export const cellsOf = ({ modes, pythons }: Pick<Config, 'modes' | 'pythons'>): Cell[] =>
  modes.flatMap((mode) =>
    pythons.filter((python) => mode.pythons?.includes(python) ?? true).map((python) => ({ mode: mode.name, python })),
  );

/** The legs of one index, in the order of their platforms. */
export const legsOfImage = ({ image, python }: PublishedImage, config: Config): Leg[] =>
  legsOf(config).filter((leg) => leg.image === image && leg.python === python);

export const legsOf = ({ images, pythons, platforms }: Config): Leg[] =>
  images.flatMap(({ name: image }) =>
    pythons.flatMap((python) => platforms.map((platform) => ({ image, python, platform }))),
  );
