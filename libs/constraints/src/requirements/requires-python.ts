/** A project that admits none of a cell's Pythons: the resolver passes over that, and nobody could install what it pins. */
import { satisfies, validRange } from '@renovatebot/pep440';
import { invalid } from '@nx-ci-cache/config';
import { modePlace, type ModeSource } from './source-file';

/** @throws CiCacheError `OptionInvalid` for the first Python of the mode that is not admitted. */
export const refuseUnfitPythons = (requires: string, file: string, source: ModeSource): void => {
  const { config, mode } = source;
  const unfit = (mode.pythons ?? config.pythons).find(
    (python) => !isAdmitted(config.patches?.[python] ?? python, requires),
  );
  if (unfit === undefined) return;
  throw invalid(
    { file, key: 'project.requires-python' },
    requires,
    `bounds that admit Python ${unfit}, for which the mode ${mode.name} is resolved`,
    `Leave ${unfit} out of ${modePlace(source, 'pythons').key} in ${config.file}, or widen the bounds.`,
  );
};

/** X.Y in any of its patch releases, X.Y.Z itself; bounds of no known form are left to the resolver. */
export const isAdmitted = (python: string, requires: string): boolean =>
  !validRange(requires) || patchesOf(python).some((each) => satisfies(each, requires));

const patchesOf = (python: string): readonly string[] =>
  python.split('.').length > 2 ? [python] : patches.map((patch) => `${python}.${patch}`);

const patches = Array.from({ length: 100 }, (_each, patch) => patch);
