/** A pyproject.toml as a fact: the part a resolution reads, so that a change of any tool's settings misses no cell. */
import { isPackageName } from '@nx-ci-cache/config';
import { CiCacheError, messageOf } from '@nx-ci-cache/process';
import { stringify, type TomlTable } from 'smol-toml';
import { checkLists, checkProject, type Asked } from './check-project';
import { extrasOf, extrasReached } from './extras';
import { groupsReached } from './groups';
import { parseToml, tableIn } from './toml';

export interface Pyproject {
  readonly text: string;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  readonly requiresPython: string;
}

const relevant = ['name', 'version', 'requires-python', 'dependencies', 'dynamic'];

/**
 * @throws CiCacheError `OptionInvalid`: no TOML, nothing to resolve, or dependencies no other machine could tell.
 */
export const readPyproject = (text: string, file: string, asked: Asked = {}): Pyproject => {
  const toml = parseOrRefuse(text, file);
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

/** The resolver would build the project for extras that nobody asks for. */
const dynamicOf = ({ dynamic }: TomlTable, { extras = [] }: Asked): TomlTable =>
  Array.isArray(dynamic) && extras.length === 0
    ? { dynamic: dynamic.filter((key) => key !== 'optional-dependencies') }
    : {};

const parseOrRefuse = (text: string, file: string): TomlTable => {
  try {
    return parseToml(text);
  } catch (cause) {
    throw new CiCacheError('OptionInvalid', `${file} is no TOML: ${messageOf(cause)}`, {
      remedy: `Correct ${file}.`,
      cause,
    });
  }
};

/** Name of the distribution a pyproject.toml makes; a file no tool can read makes none, nor does a placeholder. */
export const distributionName = (text: string): string | undefined => {
  try {
    const toml = parseToml(text);
    const poetry = tableIn(tableIn(toml, 'tool') ?? {}, 'poetry');
    const name = tableIn(toml, 'project')?.['name'] ?? poetry?.['name'];
    return typeof name === 'string' && isPackageName(name) ? name : undefined;
  } catch {
    return undefined;
  }
};
