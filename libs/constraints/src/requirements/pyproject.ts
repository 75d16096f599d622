/** A pyproject.toml as a fact: the part a resolution reads, so that a change of any tool's settings misses no cell. */
import { invalid } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import { parse, stringify, type TomlTable } from 'smol-toml';

export interface Pyproject {
  readonly text: string;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

const relevant = ['name', 'version', 'requires-python', 'dependencies', 'optional-dependencies', 'dynamic'];

/** @throws CiCacheError `OptionInvalid`: no TOML, no [project], or dependencies that only a build would tell. */
export const readPyproject = (text: string, file: string): Pyproject => {
  const toml = parseToml(text, file);
  const project = tableIn(toml, 'project');
  if (project === undefined) {
    throw invalid({ file, key: 'project' }, undefined, 'a [project] table with name and dependencies');
  }
  const dynamic = Array.isArray(project['dynamic']) ? project['dynamic'] : [];
  const unknown = dynamic.find((key) => key === 'dependencies' || key === 'optional-dependencies');
  if (unknown !== undefined) {
    throw invalid(
      { file, key: 'project.dynamic' },
      project['dynamic'],
      `${unknown} written in [project], because a cell builds nothing of the workspace`,
      `Write ${unknown} into ${file}, or list them in a requirements file.`,
    );
  }
  const groups = tableIn(toml, 'dependency-groups');
  return {
    text: stringify({
      project: Object.fromEntries(relevant.flatMap((key) => (key in project ? [[key, project[key]]] : []))),
      ...(groups === undefined ? {} : { 'dependency-groups': groups }),
    }),
    extras: Object.keys(tableIn(project, 'optional-dependencies') ?? {}),
    groups: Object.keys(groups ?? {}),
  };
};

const parseToml = (text: string, file: string): TomlTable => {
  try {
    return parse(text);
  } catch (cause) {
    throw new CiCacheError('OptionInvalid', `${file} is no TOML: ${(cause as Error).message}`, {
      remedy: `Correct ${file}.`,
      cause,
    });
  }
};

const tableIn = (table: TomlTable, key: string): TomlTable | undefined => {
  const value = table[key];
  return typeof value === 'object' && !Array.isArray(value) ? (value as TomlTable) : undefined;
};

/** Names of the distributions a pyproject.toml makes; a file no tool can read makes none. */
export const distributionName = (text: string): string | undefined => {
  try {
    const toml = parse(text);
    const poetry = tableIn(tableIn(toml, 'tool') ?? {}, 'poetry');
    const name = tableIn(toml, 'project')?.['name'] ?? poetry?.['name'];
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
};
