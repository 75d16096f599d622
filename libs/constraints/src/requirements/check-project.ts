/** What a pyproject.toml must say itself: a cell builds nothing of the workspace, and reads no other tool's tables. */
import { invalid } from '@nx-ci-cache/config';
import type { TomlTable } from 'smol-toml';
import { checkRequirement } from './requirement';
import { tableIn } from './toml';

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
    );
  }
  refuseDynamic(project, file, extras);
  checkLists({ dependencies: project['dependencies'] ?? [] }, file, 'project');
};

/** @throws CiCacheError `OptionInvalid` for the first requirement in a list of the table that is of no released package. */
export const checkLists = (table: TomlTable, file: string, key: string): void => {
  for (const [name, list] of Object.entries(table)) {
    for (const each of Array.isArray(list) ? list : [])
      if (typeof each === 'string') checkRequirement(each, { file, key: `${key}.${name}` });
  }
};

const refusePoetry = (toml: TomlTable, project: TomlTable | undefined, file: string): void => {
  const poetry = tableIn(tableIn(tableIn(toml, 'tool') ?? {}, 'poetry') ?? {}, 'dependencies');
  const names = Object.keys(poetry ?? {}).filter((name) => name !== 'python');
  if (names.length === 0 || project?.['dependencies'] !== undefined) return;
  throw invalid(
    { file, key: 'tool.poetry.dependencies' },
    names,
    'dependencies written in [project], because only Poetry reads its own table',
    `Write them into [project] of ${file}, or list them in a requirements file.`,
  );
};

/** Extras nobody asks for may come from wherever they do. */
const refuseDynamic = (project: TomlTable, file: string, extras: readonly string[]): void => {
  const dynamic = Array.isArray(project['dynamic']) ? project['dynamic'] : [];
  const unknown = dynamic.find(
    (key) => key === 'dependencies' || (key === 'optional-dependencies' && extras.length > 0),
  );
  if (unknown === undefined) return;
  throw invalid(
    { file, key: 'project.dynamic' },
    project['dynamic'],
    `${unknown} written in [project], because a cell builds nothing of the workspace`,
    `Write ${unknown} into ${file}, or list them in a requirements file.`,
  );
};
