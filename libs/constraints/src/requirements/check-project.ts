/** What a pyproject.toml must say itself: a cell builds nothing of the workspace, and reads no other tool's tables. */
import { invalid } from '@nx-ci-cache/config';
import type { TomlTable } from 'smol-toml';
import { extrasOf, missingExtras } from './extras';
import { groupsReached } from './groups';
import { checkRequirement } from './requirement';
import { stringsIn, tableAt, tableIn } from './toml';

/** What a mode asks of it beside its dependencies; groups it may have without being a project. */
export interface Asked {
  readonly extras?: readonly string[];
  readonly groups?: readonly string[];
}

/**
 * @throws CiCacheError `OptionInvalid` for what would resolve to nothing, or to something else on another machine.
 */
export const checkProject = (toml: TomlTable, file: string, { extras = [], groups = [] }: Asked): void => {
  const project = tableIn(toml, 'project');
  refusePoetry(toml, project, file);
  if (project === undefined) {
    if (groups.length > 0) return;
    throw invalid(
      { file, key: 'project' },
      undefined,
      'a [project] table with name and dependencies, unless it is asked for groups',
      `Write one into ${file}, ask it for "groups", or list requirement files in its place.`,
    );
  }
  refuseDynamic(project, file, extras);
  const reached = groupsReached(tableIn(toml, 'dependency-groups') ?? {}, groups);
  const [missing] = missingExtras(project, extras, Object.values(reached));
  if (missing !== undefined) {
    const known = Object.keys(extrasOf(project));
    throw invalid(
      { file, key: 'project.optional-dependencies' },
      missing,
      known.length === 0 ? 'no extra of its own: it has none' : `one of its own extras: ${known.join(', ')}`,
      `Correct ${String(project['name'])}[${missing}] in ${file}, or add the extra.`,
    );
  }
  checkLists({ dependencies: project['dependencies'] ?? [] }, file, 'project');
};

/** @throws CiCacheError `OptionInvalid` for the first requirement in a list of the table that is of no released package. */
export const checkLists = (table: TomlTable, file: string, key: string): void => {
  for (const [name, list] of Object.entries(table))
    for (const each of stringsIn(list)) checkRequirement(each, { file, key: `${key}.${name}` });
};

const refusePoetry = (toml: TomlTable, project: TomlTable | undefined, file: string): void => {
  const names = Object.keys(tableAt(toml, 'tool', 'poetry', 'dependencies') ?? {}).filter((name) => name !== 'python');
  if (names.length === 0 || project?.['dependencies'] !== undefined) return;
  throw invalid(
    { file, key: 'tool.poetry.dependencies' },
    names,
    'dependencies written in [project], because only Poetry reads its own table',
    `Write them into [project] of ${file}, as Poetry 2 takes them too, or list what "poetry export" writes in "requirements".`,
  );
};

/** Extras nobody asks for may come from wherever they do. */
const refuseDynamic = (project: TomlTable, file: string, extras: readonly string[]): void => {
  const unknown = stringsIn(project['dynamic']).find(
    (key) => key === 'dependencies' || (key === 'optional-dependencies' && extras.length > 0),
  );
  if (unknown === undefined) return;
  throw invalid(
    { file, key: 'project.dynamic' },
    project['dynamic'],
    `${unknown} written in [project], or in files that setuptools or hatch-requirements-txt are told of, because a cell builds nothing of the workspace`,
    `Write ${unknown} into ${file}, list the file that holds them in "requirements" in its place, or build its wheel, ` +
      'name the folder of that in "findLinks" of the mode and require it by its name.',
  );
};
