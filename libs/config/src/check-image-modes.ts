/** Rules of modes that freeze an image: nothing is resolved for them, so nothing that steers a resolver may stand there. */
import type { Config, Mode } from '@nx-ci-cache/records';
import { cutoffArgument } from './frozen-image';
import { invalid } from './invalid';

/** Keys that say something of what is installed, and not of how it is found. */
const allowedKeys = ['ownPackages'];

/** @throws CiCacheError `OptionInvalid` for a mode that is of no one kind, and for an image that is not there. */
export const checkImageModes = ({ file, modes, images }: Config): void => {
  for (const mode of modes) {
    const place = (key: string) => ({ file, key: `constraints.modes.${mode.name}${key}` });
    if (mode.image === undefined && mode.requirements.length > 0) continue;
    if (mode.image === undefined) throw invalid(place('.requirements'), undefined, kinds);
    const [extra] = steeringKeys(mode);
    if (extra !== undefined) throw invalid(place(`.${extra.key}`), extra.value, 'nothing beside "image": ' + what);
    const image = images.find(({ name }) => name === mode.image);
    if (image === undefined) {
      throw invalid(place('.image'), mode.image, `one of the images: ${images.map(({ name }) => name).join(', ')}`);
    }
    const argument = image.buildArgs[cutoffArgument];
    if (argument === undefined) continue;
    throw invalid(
      { file, key: `images.${image.name}.buildArgs.${cutoffArgument}` },
      argument,
      'no such argument: ' + own,
    );
  }
};

const kinds = 'either "requirements", which a resolver pins, or "image", whose installed packages are the pins';
const what = 'what the image holds decides alone, and its Dockerfile is where to change that';
const own = 'the plugin itself hands it to the build that is frozen';

const steeringKeys = ({ requirements, allowSdist, resolving = {} }: Mode): { key: string; value: unknown }[] => [
  ...(requirements.length > 0 ? [{ key: 'requirements', value: requirements }] : []),
  ...(allowSdist.length > 0 ? [{ key: 'allowSdist', value: allowSdist }] : []),
  ...Object.entries(resolving).flatMap(([key, value]) => (allowedKeys.includes(key) ? [] : [{ key, value }])),
];
