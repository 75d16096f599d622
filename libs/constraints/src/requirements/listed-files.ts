/** Dependencies that setuptools or hatch read from requirement files: declared and not computed, so they stand in for `dynamic`. */
import { posix } from 'node:path';
import { invalid } from '@nx-ci-cache/config';
import type { TomlTable, TomlValue } from 'smol-toml';
import { isWritten, linesOf } from './lines';
import { decode } from './source-file';
import type { SourceFiles } from './source-files';
import { asTable, stringsIn, tableAt, tableIn } from './toml';

/** The whole file, with the lines where the names of their files were. @throws CiCacheError `OptionInvalid` for a file that is not there. */
export const withListedFiles = (toml: TomlTable, file: string, files: SourceFiles): TomlTable => {
  const project = tableIn(toml, 'project');
  const dynamic = stringsIn(project?.['dynamic']);
  const { key, lists, extras } = listedBy(toml);
  const isListed = (name: string, found: object | undefined) => dynamic.includes(name) && found !== undefined;
  const read = (paths: readonly string[]) => paths.flatMap((path) => requirementsIn(path, { file, key }, files));
  const listed = {
    ...(isListed('dependencies', lists) && { dependencies: read(lists ?? []) }),
    ...(isListed('optional-dependencies', extras) && {
      'optional-dependencies': Object.fromEntries(
        Object.entries(extras ?? {}).map(([extra, paths]) => [extra, read(paths)]),
      ),
    }),
  };
  if (Object.keys(listed).length === 0) return toml;
  return { ...toml, project: { ...project, ...listed, dynamic: dynamic.filter((name) => !(name in listed)) } };
};

interface Listed {
  readonly key: string;
  readonly lists?: readonly string[] | undefined;
  readonly extras?: Readonly<Record<string, readonly string[]>> | undefined;
}

const listedBy = (toml: TomlTable): Listed => {
  const setuptools = tableAt(toml, 'tool', 'setuptools', 'dynamic');
  const hatch = tableAt(toml, 'tool', 'hatch', 'metadata', 'hooks', 'requirements_txt');
  const fileOf = (value: TomlValue | undefined) => pathsIn(asTable(value)?.['file']);
  return hatch === undefined
    ? {
        key: 'tool.setuptools.dynamic',
        lists: fileOf(setuptools?.['dependencies']),
        extras: eachOf(tableIn(setuptools ?? {}, 'optional-dependencies'), fileOf),
      }
    : {
        key: 'tool.hatch.metadata.hooks.requirements_txt',
        lists: pathsIn(hatch['files'] ?? hatch['filename'] ?? 'requirements.txt'),
        extras: eachOf(tableIn(hatch, 'optional-dependencies'), pathsIn),
      };
};

const pathsIn = (value: TomlValue | undefined): readonly string[] | undefined =>
  typeof value === 'string' ? [value] : Array.isArray(value) ? stringsIn(value) : undefined;

/** Undefined as soon as one of them is made in another way. */
const eachOf = (
  table: TomlTable | undefined,
  pathsOf: (value: TomlValue) => readonly string[] | undefined,
): Listed['extras'] => {
  const found = Object.entries(table ?? {}).map(([name, value]) => [name, pathsOf(value)] as const);
  const all = found.flatMap(([name, paths]) => (paths === undefined ? [] : [[name, paths] as const]));
  return table !== undefined && all.length === found.length ? Object.fromEntries(all) : undefined;
};

const requirementsIn = (
  path: string,
  place: { readonly file: string; readonly key: string },
  files: SourceFiles,
): readonly string[] => {
  const target = posix.join(posix.dirname(place.file), path);
  const bytes = files.read(target);
  const text = bytes && decode(bytes);
  if (text === undefined)
    throw invalid(place, path, 'a file in UTF-8 beside it', `Create ${target}, or correct ${place.file}.`);
  return linesOf(text)
    .filter(isWritten)
    .map((line) => line.replace(/\s#.*$/, '').trim());
};
