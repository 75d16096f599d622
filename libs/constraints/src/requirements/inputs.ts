/** Everything a mode's texts say, and what they lead to: read from files of the workspace alone, before anything is asked. */
import { isPyproject, normaliseName } from '@nx-ci-cache/config';
import type { CellFacts, TextFact } from '@nx-ci-cache/records';
import type { Following } from './follow';
import { isWritten } from './lines';
import { memberAsked, type AskedByPath } from './member-asked';
import { memberMetadata } from './member-wheel';
import { membersReached, type Member } from './members';
import { isOwn } from './own-packages';
import { readPyproject } from './pyproject';
import { readRequirements } from './read';
import { refuseUnfitPythons } from './requires-python';
import type { ModeSource } from './source-file';
import { distinctTexts, readBounds } from './texts';
import { strangeSources, uvSettings, type UvSettings } from './uv-settings';
import { uvWorkspaces } from './uv-workspace';

export interface ModeInputs extends Required<
  Pick<CellFacts, 'requirements' | 'constraints' | 'overrides' | 'buildConstraints' | 'excludes'>
> {
  /** Members of the workspace that requirements lead to. */
  readonly members: Required<CellFacts>['wheels'];
  /** What is not followed, for people. */
  readonly notes: readonly string[];
}

/** @throws CiCacheError `OptionInvalid` for the first text that is missing or ill-formed. */
export const readInputs = (source: ModeSource): ModeInputs => {
  const { resolving = {} } = source.mode;
  const workspaces = uvWorkspaces(source.files);
  const byPath: AskedByPath[] = [];
  const following: Following = {
    source,
    required: new Set(),
    bounding: new Set(),
    memberIn: (line, text, place) => {
      const found = memberAsked(line, { text, place, source, workspaces });
      if (found !== undefined) byPath.push(found);
      return found?.line;
    },
  };
  const { requirements, bounds, listed } = readRequirements(following);
  const written = {
    constraints: readBounds(resolving.constraints, 'constraints', source),
    overrides: readBounds(resolving.overrides, 'overrides', source),
    buildConstraints: readBounds(resolving.buildConstraints, 'buildConstraints', source),
  };
  const members = membersReached({
    byPath,
    listed,
    lines: writtenLines([...requirements.filter(({ path }) => !isPyproject(path)), ...written.overrides.texts]),
    sourceOf: workspaces.sourceOf,
    isReleased: (name) => isKept(name, resolving.ownPackages),
  });
  for (const member of members) checkMember(member, source);
  const roots = [...listed, ...members].map(({ project }) => workspaces.rootOf(project));
  const settings = [...new Map(roots.map((root) => [root.file, root])).values()].map(uvSettings);
  const sourced = Object.keys(source.config.index.sources ?? {}).map(normaliseName);
  const of = (key: keyof UvSettings & ('constraints' | 'overrides' | 'buildConstraints')): readonly TextFact[] =>
    settings.flatMap((each) => each[key]);
  return {
    requirements,
    constraints: distinctTexts([
      ...written.constraints.texts,
      ...[written.constraints, written.overrides].flatMap((each) => each.bounds),
      ...bounds,
      ...of('constraints'),
    ]),
    overrides: distinctTexts([...written.overrides.texts, ...of('overrides')]),
    buildConstraints: distinctTexts([
      ...written.buildConstraints.texts,
      ...written.buildConstraints.bounds,
      ...of('buildConstraints'),
    ]),
    excludes: [...new Set([...(resolving.excludes ?? []), ...settings.flatMap(({ excludes }) => excludes)])],
    members: members.map(memberMetadata),
    notes: [
      ...settings.flatMap(({ notes }) => notes),
      ...[...listed, ...members].flatMap(({ project }) => strangeSources(project, sourced)),
      ...compiledBounds(bounds),
    ],
  };
};

const writtenLines = (texts: readonly TextFact[]): readonly string[] =>
  texts.flatMap(({ text }) => text.split('\n')).filter(isWritten);

/** Pins that a tool wrote from the very requirements they bound: nothing would ever move. */
const compiledBounds = (bounds: readonly TextFact[]): readonly string[] =>
  bounds.flatMap(({ path, text }) =>
    /^#.*\b(?:pip-compile|uv pip compile|uv export)\b/im.test(text)
      ? [`${path} was compiled by a tool, and "-c" holds the mode to its pins: take that line away to let them move`]
      : [],
  );

/** Named by an exception, so that its releases count. */
const isKept = (name: string, own: readonly string[] = []): boolean =>
  own.some((each) => each.startsWith('!') && isOwn(name, [each.slice(1)]));

const checkMember = ({ project, extras }: Member, source: ModeSource): void => {
  const { requiresPython } = readPyproject(project, { extras });
  refuseUnfitPythons(requiresPython, project.file, source);
};
