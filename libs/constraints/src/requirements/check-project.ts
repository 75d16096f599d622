/** What a pyproject.toml must say itself: a cell builds nothing of the workspace, and reads no other tool's tables. */
import { invalid } from '@nx-ci-cache/config';
import type { TomlTable } from 'smol-toml';
import { isLocal } from './lines';
import { tableIn } from './toml';

/** @throws CiCacheError `OptionInvalid` for what would resolve to nothing, or to something else on another machine. */
export const checkProject = (toml: TomlTable, file: string, groups: readonly string[]): void => {
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
  refuseDynamic(project, file);
  refuseLocal(project, file);
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

const refuseDynamic = (project: TomlTable, file: string): void => {
  const dynamic = Array.isArray(project['dynamic']) ? project['dynamic'] : [];
  const unknown = dynamic.find((key) => key === 'dependencies' || key === 'optional-dependencies');
  if (unknown === undefined) return;
  throw invalid(
    { file, key: 'project.dynamic' },
    project['dynamic'],
    `${unknown} written in [project], because a cell builds nothing of the workspace`,
    `Write ${unknown} into ${file}, or list them in a requirements file.`,
  );
};

const refuseLocal = (project: TomlTable, file: string): void => {
  const extras = tableIn(project, 'optional-dependencies') ?? {};
  const lists = {
    dependencies: project['dependencies'],
    ...Object.fromEntries(Object.entries(extras).map(([extra, list]) => [`optional-dependencies.${extra}`, list])),
  };
  for (const [key, list] of Object.entries(lists)) {
    const found = (Array.isArray(list) ? list : []).find((each) => typeof each === 'string' && isLocal(each));
    if (found === undefined) continue;
    throw invalid(
      { file, key: `project.${key}` },
      found,
      'released packages, e.g. "requests>=2", because another machine has no such path',
      `Require the package by its name in ${file}; a folder of wheels of members goes into "findLinks".`,
    );
  }
};
