/** A mode's requirements in the order written: their order changes the answer. */
import { invalid, isPyproject, normaliseName } from '@nx-ci-cache/config';
import type { RequirementFact, RequirementSource, TextFact } from '@nx-ci-cache/records';
import type { Following } from './follow';
import { foreignTable } from './groups';
import type { AskedProject } from './members';
import { parseProject } from './project';
import { readPyproject } from './pyproject';
import { refuseUnfitPythons } from './requires-python';
import { modePlace, readSource, type ModeSource } from './source-file';
import { readText } from './texts';

export interface ReadRequirements {
  readonly requirements: readonly RequirementFact[];
  readonly bounds: readonly TextFact[];
  /** Projects the mode lists. */
  readonly listed: readonly AskedProject[];
}

/** @throws CiCacheError `OptionInvalid`: a file is missing or ill-formed, or lacks an extra or a group asked of it. */
export const readRequirements = (following: Following): ReadRequirements => {
  const { source } = following;
  const read = source.mode.requirements.map((requirement, at) =>
    readOne(requirement, `requirements[${at}]`, following),
  );
  const requirements = read.flatMap((each) => each.requirements);
  if (read.length > 0 && requirements.length === 0)
    throw invalid(modePlace(source, 'requirements'), source.mode.requirements, 'at least one requirement in the files');
  return {
    requirements,
    bounds: read.flatMap(({ bounds }) => bounds),
    listed: read.flatMap(({ listed }) => listed),
  };
};

const readOne = (requirement: RequirementSource, key: string, following: Following): ReadRequirements => {
  const { source } = following;
  const wanted = asPyproject(requirement);
  if (wanted === undefined) {
    const { texts, bounds } = readText(requirement as string, key, following);
    return { requirements: texts, bounds, listed: [] };
  }
  const { path, extras, groups } = wanted;
  const { file, text } = readSource(path, key, source);
  const project = parseProject(text, file, source.files);
  const pyproject = readPyproject(project, { extras, groups });
  refuseUnfitPythons(pyproject.requiresPython, file, source);
  requireKnown(extras, pyproject.extras, `${key}.extras`, source);
  requireKnown(groups, pyproject.groups, `${key}.groups`, source, (group) =>
    movedGroup(foreignTable(project.toml, group), file),
  );
  const asked = { ...(extras.length > 0 ? { extras } : {}), ...(groups.length > 0 ? { groups } : {}) };
  return {
    requirements: [{ path, text: pyproject.text, ...asked }],
    bounds: [],
    listed: [{ project, extras, groups }],
  };
};

const asPyproject = (requirement: RequirementSource) => {
  if (typeof requirement === 'string') {
    return isPyproject(requirement) ? { path: requirement, extras: [], groups: [] } : undefined;
  }
  if ('inline' in requirement) return undefined;
  const { pyproject: path, extras = [], groups = [] } = requirement;
  return { path, extras, groups };
};

const movedGroup = (table: string | undefined, file: string): string | undefined =>
  table && `Move ${table} of ${file} to [dependency-groups], which its tool reads as well.`;

const requireKnown = (
  asked: readonly string[],
  known: readonly string[],
  key: string,
  source: ModeSource,
  remedyOf: (name: string) => string | undefined = () => undefined,
): void => {
  const names = known.map(normaliseName);
  const missing = asked.find((name) => !names.includes(normaliseName(name)));
  if (missing === undefined) return;
  throw invalid(
    modePlace(source, key),
    missing,
    known.length === 0 ? 'nothing: it has none' : `one of ${known.join(', ')}`,
    remedyOf(missing),
  );
};
