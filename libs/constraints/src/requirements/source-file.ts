/** Files a mode names in ci-cache.json: inside the project, or anywhere in the workspace after `{workspaceRoot}/`. */
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { invalid, type Config, type Mode } from '@nx-ci-cache/config';

export interface ModeSource {
  readonly workspaceRoot: string;
  readonly config: Config;
  readonly mode: Mode;
}

export interface SourceFile {
  /** As ci-cache.json writes it. */
  readonly path: string;
  /** Relative to the workspace, for messages. */
  readonly file: string;
  readonly text: string;
}

const fromRoot = '{workspaceRoot}/';

/** The path relative to the workspace. */
export const workspacePath = (path: string, { projectRoot }: Config): string =>
  path.startsWith(fromRoot) ? path.slice(fromRoot.length) : posix.join(projectRoot, path);

/** Where a key of the mode stands, for messages. */
export const modePlace = ({ config, mode }: ModeSource, key: string) => ({
  file: config.file,
  key: `constraints.modes.${mode.name}.${key}`,
});

/** @throws CiCacheError `OptionInvalid` when there is no such file. */
export const readSource = async (path: string, key: string, source: ModeSource): Promise<SourceFile> => {
  const file = workspacePath(path, source.config);
  const text = await readFile(join(source.workspaceRoot, file), 'utf8').catch(() => {
    const place = modePlace(source, key);
    throw invalid(
      place,
      path,
      'a file inside the project, or one under {workspaceRoot}/',
      `Create ${file}, or correct ${place.key}.`,
    );
  });
  return { path, file, text };
};
