/** Rules of modes that freeze an image or take a lock: no resolver decides there, so nothing that steers one may stand there. */
import type { Config, Mode } from '@nx-ci-cache/records';
import { cutoffArgument } from './frozen-image';
import { invalid } from './invalid';

/** Keys that say something of what is installed, and not of how it is found. */
const allowedKeys = ['ownPackages'];

/** @throws CiCacheError `OptionInvalid` for a mode that is of no one kind, and for an image that is not there. */
export const checkImageModes = ({ file, modes, images }: Config): void => {
  for (const mode of modes) {
    const place = (key: string) => ({ file, key: `constraints.modes.${mode.name}${key}` });
    if (mode.image === undefined && mode.lock === undefined) {
      if (mode.requirements.length > 0) continue;
      throw invalid(place('.requirements'), undefined, kinds);
    }
    const [kind, what] = mode.lock === undefined ? ['image', whatImage] : ['lock', whatLock];
    const [extra] = steeringKeys(mode, kind);
    if (extra !== undefined) throw invalid(place(`.${extra.key}`), extra.value, `nothing beside "${kind}": ${what}`);
    if (mode.lock !== undefined) continue;
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

const kinds =
  'either "requirements", which a resolver pins, "image", whose installed packages are the pins, or "lock", which holds them';
const whatLock = 'what the lock holds decides alone, and "uv lock" is how to change that';
const whatImage = 'what the image holds decides alone, and its Dockerfile is where to change that';
const own = 'the plugin itself hands it to the build that is frozen';

const steeringKeys = (
  { image, requirements, allowSdist, perPlatform, resolving = {} }: Mode,
  kind: string,
): { key: string; value: unknown }[] => [
  ...(image !== undefined && kind !== 'image' ? [{ key: 'image', value: image }] : []),
  ...(requirements.length > 0 ? [{ key: 'requirements', value: requirements }] : []),
  // What a lock is compared with may have to be built.
  ...(allowSdist.length > 0 && kind !== 'lock' ? [{ key: 'allowSdist', value: allowSdist }] : []),
  // One platform is built and frozen.
  ...(perPlatform === true && kind === 'image' ? [{ key: 'perPlatform', value: perPlatform }] : []),
  ...Object.entries(resolving).flatMap(([key, value]) => (allowedKeys.includes(key) ? [] : [{ key, value }])),
];
