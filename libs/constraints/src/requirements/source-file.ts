/** Files a mode names in ci-cache.json, or a file of its requirements names: anywhere in the workspace, and nowhere else. */
import { posix } from 'node:path';
import { invalid, workspacePath, type Place } from '@nx-ci-cache/config';
import type { Config, IndexConfig, Mode } from '@nx-ci-cache/records';
import type { SourceFiles } from './source-files';

export interface ModeSource {
  readonly files: SourceFiles;
  /** As far as the texts of a mode go. */
  readonly config: Pick<Config, 'file' | 'projectRoot' | 'pythons' | 'patches'> & {
    readonly index: Pick<IndexConfig, 'sources'>;
  };
  readonly mode: Mode;
}

export interface SourceFile {
  /** As ci-cache.json writes it, or would. */
  readonly path: string;
  /** Relative to the workspace, for messages. */
  readonly file: string;
  readonly text: string;
}

/** Where a key of the mode stands, for messages. */
export const modePlace = ({ config, mode }: Pick<ModeSource, 'config' | 'mode'>, key: string): Place => ({
  file: config.file,
  key: `constraints.modes.${mode.name}.${key}`,
});

/** @throws CiCacheError `OptionInvalid` when there is no such file, and when it is no UTF-8. */
export const readSource = (path: string, key: string, source: ModeSource): SourceFile => {
  const file = workspacePath(path, source.config);
  const allowed = 'a file inside the project, or one under {workspaceRoot}/';
  return { path, file, text: readAt(file, { place: modePlace(source, key), value: path, allowed }, source) };
};

/** Who names a file, for messages. */
export interface Naming {
  readonly place: Place;
  readonly value: string;
  readonly allowed: string;
}

/** @param file relative to the workspace. @throws as `readSource` does. */
export const readAt = (file: string, { place, value, allowed }: Naming, { files }: ModeSource): string => {
  const bytes = files.read(file);
  if (bytes === undefined) throw invalid(place, value, allowed, `Create ${file}, or correct ${place.key}.`);
  const text = decode(bytes);
  if (text === undefined) throw invalid(place, value, 'a file in UTF-8', `Save ${file} in UTF-8.`);
  return text;
};

/** A file of the workspace as ci-cache.json would write it. */
export const writtenPath = (file: string, { projectRoot }: Pick<Config, 'projectRoot'>): string => {
  const path = posix.relative(projectRoot, file);
  return path.startsWith('../') ? `{workspaceRoot}/${file}` : path;
};

/** Without a byte order mark. UTF-16 without one is valid UTF-8, full of zeros. */
export const decode = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};
