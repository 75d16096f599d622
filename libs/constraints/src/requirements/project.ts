/** A project of the workspace: its pyproject.toml with what other files of it say in its place. */
import { posix } from 'node:path';
import { isPackageName, normaliseName } from '@nx-ci-cache/config';
import { CiCacheError, messageOf } from '@nx-ci-cache/process';
import type { TomlTable } from 'smol-toml';
import { withListedFiles } from './listed-files';
import type { SourceFiles } from './source-files';
import { parseToml, tableAt, tableIn } from './toml';

export interface Project {
  /** Relative to the workspace. */
  readonly file: string;
  readonly toml: TomlTable;
  /** Normalised; absent when nothing is made of it. */
  readonly name?: string;
}

/** @throws CiCacheError `OptionInvalid`: no TOML, or a file it names is not there. */
export const parseProject = (text: string, file: string, files: SourceFiles): Project => {
  const toml = withListedFiles(parseOrRefuse(text, file), file, files);
  const name = nameIn(toml);
  return { file, toml, ...(name !== undefined && { name: normaliseName(name) }) };
};

/** Where the paths a project writes begin. */
export const folderOf = ({ file }: Pick<Project, 'file'>): string => posix.dirname(file);

export const parseOrRefuse = (text: string, file: string): TomlTable => {
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
    return nameIn(parseToml(text));
  } catch {
    return undefined;
  }
};

const nameIn = (toml: TomlTable): string | undefined => {
  const name = tableIn(toml, 'project')?.['name'] ?? tableAt(toml, 'tool', 'poetry')?.['name'];
  return typeof name === 'string' && isPackageName(name) ? name : undefined;
};
