/** A pyproject.toml as a fact: the part a resolution reads, so that a change of any tool's settings misses no cell. */
import { stringify, type TomlTable } from 'smol-toml';
import { checkLists, checkProject, type Asked } from './check-project';
import { extrasOf, extrasReached } from './extras';
import { groupsReached } from './groups';
import type { Project } from './project';
import { stringsIn, tableIn } from './toml';

export interface Pyproject {
  readonly text: string;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly requiresPython: string;
}

const relevant = ['name', 'version', 'requires-python', 'dependencies', 'dynamic'];

/**
 * @throws CiCacheError `OptionInvalid`: nothing to resolve, or dependencies no other machine could tell.
 */
export const readPyproject = ({ toml, file }: Project, asked: Asked = {}): Pyproject => {
  checkProject(toml, file, asked);
  const project = tableIn(toml, 'project');
  const extras = extrasReached(project ?? {}, asked.extras ?? []);
  checkLists(extras, file, 'project.optional-dependencies');
  const groups = tableIn(toml, 'dependency-groups') ?? {};
  const reached = groupsReached(groups, asked.groups ?? []);
  checkLists(reached, file, 'dependency-groups');
  const requiresPython = project?.['requires-python'];
  return {
    text: stringify({
      ...(project && {
        project: {
          ...Object.fromEntries(relevant.flatMap((key) => (key in project ? [[key, project[key]]] : []))),
          ...dynamicOf(project, asked),
          ...(Object.keys(extras).length > 0 && { 'optional-dependencies': extras }),
        },
      }),
      ...(asked.groups && asked.groups.length > 0 && { 'dependency-groups': reached }),
    }),
    extras: Object.keys(extrasOf(project ?? {})),
    groups: Object.keys(groups),
    requiresPython: typeof requiresPython === 'string' ? requiresPython : '',
  };
};

/** Requirements of a project with those extras; of its groups alone, where that is asked. */
export const reachedLists = (
  { toml }: Project,
  { extras = [], groups = [], alone = false }: Asked & { readonly alone?: boolean },
): readonly string[] => {
  const project = tableIn(toml, 'project') ?? {};
  const ofProject = alone ? [] : [project['dependencies'], ...Object.values(extrasReached(project, extras))];
  const ofGroups = Object.values(groupsReached(tableIn(toml, 'dependency-groups') ?? {}, groups));
  return [...ofProject, ...ofGroups].flatMap(stringsIn);
};

/** The resolver would build the project for extras that nobody asks for. */
const dynamicOf = ({ dynamic }: TomlTable, { extras = [] }: Asked): TomlTable =>
  Array.isArray(dynamic) && extras.length === 0
    ? { dynamic: dynamic.filter((key) => key !== 'optional-dependencies') }
    : {};
