/** A mode's requirements in the order written: their order changes the answer. */
import { invalid, normaliseName } from '@nx-ci-cache/config';
import type { RequirementFact, RequirementSource } from '@nx-ci-cache/records';
import { readPyproject } from './pyproject';
import { refuseUnfitPythons } from './requires-python';
import { modePlace, readSource, type ModeSource } from './source-file';
import { readText } from './texts';

/** @throws CiCacheError `OptionInvalid`: a file is missing or ill-formed, or lacks an extra or a group asked of it. */
export const readRequirements = (source: ModeSource): Promise<RequirementFact[]> =>
  Promise.all(source.mode.requirements.map((requirement, at) => readOne(requirement, `requirements[${at}]`, source)));

const readOne = async (requirement: RequirementSource, key: string, source: ModeSource): Promise<RequirementFact> => {
  const wanted = asPyproject(requirement);
  if (wanted === undefined) return readText(requirement as string, key, source);
  const { path, extras, groups } = wanted;
  const { file, text } = await readSource(path, key, source);
  const pyproject = readPyproject(text, file, { extras, groups });
  refuseUnfitPythons(pyproject.requiresPython, file, source);
  requireKnown(extras, pyproject.extras, `${key}.extras`, source);
  requireKnown(groups, pyproject.groups, `${key}.groups`, source);
  const asked = { ...(extras.length > 0 ? { extras } : {}), ...(groups.length > 0 ? { groups } : {}) };
  return { path, text: pyproject.text, ...asked };
};

const asPyproject = (requirement: RequirementSource) => {
  if (typeof requirement === 'string') {
    return /(^|\/)pyproject\.toml$/.test(requirement) ? { path: requirement, extras: [], groups: [] } : undefined;
  }
  if ('inline' in requirement) return undefined;
  const { pyproject: path, extras = [], groups = [] } = requirement;
  return { path, extras, groups };
};

const requireKnown = (asked: readonly string[], known: readonly string[], key: string, source: ModeSource): void => {
  const names = known.map(normaliseName);
  const missing = asked.find((name) => !names.includes(normaliseName(name)));
  if (missing === undefined) return;
  throw invalid(
    modePlace(source, key),
    missing,
    known.length === 0 ? 'nothing: it has none' : `one of ${known.join(', ')}`,
  );
};
