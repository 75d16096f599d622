/** Files a mode names in ci-cache.json: inside the project, or anywhere in the workspace after `{workspaceRoot}/`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { invalid, workspacePath } from '@nx-ci-cache/config';
import type { Config, Mode } from '@nx-ci-cache/records';

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

/** Where a key of the mode stands, for messages. */
export const modePlace = ({ config, mode }: ModeSource, key: string) => ({
  file: config.file,
  key: `constraints.modes.${mode.name}.${key}`,
});

/** @throws CiCacheError `OptionInvalid` when there is no such file, and when it is no UTF-8. */
export const readSource = async (path: string, key: string, source: ModeSource): Promise<SourceFile> => {
  const file = workspacePath(path, source.config);
  const place = modePlace(source, key);
  const bytes = await readFile(join(source.workspaceRoot, file)).catch(() => {
    throw invalid(
      place,
      path,
      'a file inside the project, or one under {workspaceRoot}/',
      `Create ${file}, or correct ${place.key}.`,
    );
  });
  const text = decode(bytes);
  if (text === undefined) throw invalid(place, path, 'a file in UTF-8', `Save ${file} in UTF-8.`);
  return { path, file, text };
};

/** Without a byte order mark. UTF-16 without one is valid UTF-8, full of zeros. */
const decode = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
};
