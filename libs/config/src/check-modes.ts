/** Rules inside a mode that a schema cannot say. */
import { architectureOf, type Config, type Mode } from '@nx-ci-cache/records';
import { invalid, type Place } from './invalid';
import { isPyproject } from './pyproject-path';

/** @throws CiCacheError `OptionInvalid` for a Python the project has not, and for a requirement that is of no one kind. */
export const checkModes = ({ file, pythons, platforms, modes, linux, images }: Config): void => {
  const twice = pythons.findIndex((python, at) => pythons.indexOf(python) !== at);
  if (twice >= 0)
    throw invalid({ file, key: `pythons[${twice}]` }, pythons[twice], 'each X.Y once, whatever its patch release');
  const names = images.map(({ name }) => name);
  if (typeof linux === 'object' && !names.includes(linux.image))
    throw invalid(
      { file, key: 'constraints.linux.image' },
      linux.image,
      `one of the images: ${names.join(', ') || 'there is none'}`,
    );
  for (const mode of modes) {
    const place = (key: string) => ({ file, key: `constraints.modes.${mode.name}.${key}` });
    mode.pythons?.forEach((python, at) => {
      if (!pythons.includes(python)) {
        throw invalid(place(`pythons[${at}]`), python, `one of the project's pythons: ${pythons.join(', ')}`);
      }
    });
    checkSdists(mode, mode.pythons ?? pythons, place);
    checkPlatforms(mode, platforms, place);
    mode.requirements.forEach((source, at) => {
      if (!ofOneKind(source)) throw invalid(place(`requirements[${at}]`), source, kinds);
    });
  }
};

/** A Python the mode has not would let nothing be built, and nobody would learn of the slip. */
const checkSdists = ({ allowSdist }: Mode, pythons: readonly string[], place: (key: string) => Place): void => {
  if (allowSdist === 'all') return;
  allowSdist.forEach((entry, at) => {
    const strange = typeof entry === 'string' ? undefined : entry.pythons.find((each) => !pythons.includes(each));
    if (strange !== undefined)
      throw invalid(place(`allowSdist[${at}].pythons`), strange, `Pythons of the mode: ${pythons.join(', ')}`);
  });
};

/** Those a resolver can be asked for. */
const resolvable = ['linux/amd64', 'linux/arm64', 'linux/riscv64'];

const checkPlatforms = ({ perPlatform }: Mode, platforms: readonly string[], place: (key: string) => Place): void => {
  const strange = platforms.find((platform) => !resolvable.includes(architectureOf(platform)));
  if (perPlatform !== true || strange === undefined) return;
  throw invalid(
    place('perPlatform'),
    true,
    `false, or "platforms" of ${resolvable.join(', ')} alone: the resolver knows no ${strange}`,
  );
};

const kinds = 'either { "inline": [...] } or { "pyproject": "…/pyproject.toml" } with "extras" and "groups" beside it';

const ofOneKind = (source: Mode['requirements'][number]): boolean => {
  if (typeof source === 'string') return true;
  const keys = Object.keys(source);
  return keys.includes('inline') ? keys.length === 1 : 'pyproject' in source && isPyproject(String(source.pyproject));
};
