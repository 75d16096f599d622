/** A mode's requirements in the order written: their order changes the answer. */
import { invalid, normaliseName, type RequirementSource } from '@nx-ci-cache/config';
import type { RequirementFact } from '@nx-ci-cache/report';
import { readPyproject } from './pyproject';
import { refuseUnfitPythons } from './requires-python';
import { modePlace, readSource, type ModeSource } from './source-file';
import { readText } from './texts';

interface ReadRequirement {
  readonly fact: RequirementFact;
  /** Extras it could give. */
  readonly extras: readonly string[];
}

/** @throws CiCacheError `OptionInvalid`: a file is missing or ill-formed, or lacks an extra or a group asked of it. */
export const readRequirements = async (source: ModeSource): Promise<RequirementFact[]> => {
  const read = await Promise.all(
    source.mode.requirements.map((requirement, at) => readOne(requirement, `requirements[${at}]`, source)),
  );
  refuseSharedExtras(read, source);
  return read.map(({ fact }) => fact);
};

const readOne = async (requirement: RequirementSource, key: string, source: ModeSource): Promise<ReadRequirement> => {
  const wanted = asPyproject(requirement);
  if (wanted === undefined) return { fact: await readText(requirement as string, key, source), extras: [] };
  const { path, extras, groups } = wanted;
  const { file, text } = await readSource(path, key, source);
  const pyproject = readPyproject(text, file, groups);
  refuseUnfitPythons(pyproject.requiresPython, file, source);
  requireKnown(extras, pyproject.extras, `${key}.extras`, source);
  requireKnown(groups, pyproject.groups, `${key}.groups`, source);
  const asked = { ...(extras.length > 0 ? { extras } : {}), ...(groups.length > 0 ? { groups } : {}) };
  return { fact: { path, text: pyproject.text, ...asked }, extras: pyproject.extras.map(normaliseName) };
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

/** The resolver takes an extra from every pyproject.toml that has it: asked of one, it would come from another as well. */
const refuseSharedExtras = (read: readonly ReadRequirement[], source: ModeSource): void => {
  const asked = new Set(read.flatMap(({ fact }) => fact.extras ?? []).map(normaliseName));
  read.forEach(({ fact, extras }, at) => {
    const own = (fact.extras ?? []).map(normaliseName);
    const stray = extras.find((extra) => asked.has(extra) && !own.includes(extra));
    if (stray === undefined) return;
    throw invalid(
      modePlace(source, `requirements[${at}].extras`),
      own,
      `also "${stray}", which another pyproject.toml of this mode is asked for and ${fact.path} has too`,
      `Ask both for "${stray}", or put them into two modes.`,
    );
  });
};
