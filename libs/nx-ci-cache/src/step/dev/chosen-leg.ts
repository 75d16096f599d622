/** The leg a developer means: what was asked for, else the only image, the last Python and this machine's own platform. */
import { invalid } from '@nx-ci-cache/config';
import { type Config, isNative, type Leg, normalPlatform } from '@nx-ci-cache/records';
import type { DevImageQuestion } from '../../chain/dev-image';
import { isNamed } from '../part';

/** By Node's names. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' };

/** Containers run Linux, whatever the machine itself does. */
export const ownPlatform = (architecture: string = process.arch): string =>
  `linux/${architectures[architecture] ?? architecture}`;

/** @throws CiCacheError `OptionInvalid` naming what there is. */
export const chosenLeg = (asked: DevImageQuestion, config: Config, own = ownPlatform()): Leg => {
  const { file, images, pythons, platforms } = config;
  const names = images.map(({ name }) => name);
  const chosen = (key: keyof Leg, all: readonly string[], value: string | undefined): string => {
    if (value !== undefined && all.includes(value)) return value;
    const allowed = all.length === 0 ? 'none: there is no image' : all.join(', ');
    throw invalid({ file, key: `--${key}` }, asked[key], allowed, `Say which: --${key}=${all[0] ?? '…'}`);
  };
  const [first] = platforms;
  const platform = asked.platform === undefined ? undefined : normalPlatform(asked.platform);
  return {
    image: chosen('image', names, asked.image ?? (names.length === 1 ? names[0] : undefined)),
    python: chosen('python', pythons, asked.python === undefined ? pythons.at(-1) : pythonOf(asked.python, pythons)),
    platform: chosen('platform', platforms, platform ?? platforms.find((each) => isNative(each, own)) ?? first),
  };
};

const pythonOf = (asked: string | number, pythons: readonly string[]): string =>
  pythons.find((each) => isNamed(each, asked)) ?? String(asked);
