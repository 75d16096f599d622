/** Rules inside a mode that a schema cannot say. */
import type { Config, Mode } from '@nx-ci-cache/records';
import { invalid } from './invalid';

/** @throws CiCacheError `OptionInvalid` for a Python the project has not, and for a requirement that is of no one kind. */
export const checkModes = ({ file, pythons, modes }: Config): void => {
  for (const mode of modes) {
    const place = (key: string) => ({ file, key: `constraints.modes.${mode.name}.${key}` });
    mode.pythons?.forEach((python, at) => {
      if (!pythons.includes(python)) {
        throw invalid(place(`pythons[${at}]`), python, `one of the project's pythons: ${pythons.join(', ')}`);
      }
    });
    mode.requirements.forEach((source, at) => {
      if (!ofOneKind(source)) throw invalid(place(`requirements[${at}]`), source, kinds);
    });
  }
};

const kinds = 'either { "inline": [...] } or { "pyproject": "…/pyproject.toml" } with "extras" and "groups" beside it';

const ofOneKind = (source: Mode['requirements'][number]): boolean => {
  if (typeof source === 'string') return true;
  const keys = Object.keys(source);
  return keys.includes('inline') ? keys.length === 1 : keys.includes('pyproject') && isPyproject(source);
};

const isPyproject = (source: object): boolean =>
  'pyproject' in source && /(^|\/)pyproject\.toml$/.test(String(source.pyproject));
