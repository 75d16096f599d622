/** The workspace's files as requirements are read from them: those on disk, or those a generator has in hand. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFiles {
  /**
   * Undefined when there is no such file.
   * @param file relative to the workspace.
   * @param how whether somebody named it, or it is looked for where one may be.
   */
  readonly read: (file: string, how?: 'probe') => Uint8Array | undefined;
  /** Names of the folders in a folder. */
  readonly folders: (folder: string) => readonly string[];
}

export const filesOnDisk = (workspaceRoot: string): SourceFiles => ({
  read: (file) => attempt(() => readFileSync(join(workspaceRoot, file))),
  folders: (folder) =>
    (attempt(() => readdirSync(join(workspaceRoot, folder), { withFileTypes: true })) ?? [])
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
});

export interface RecordedFiles extends SourceFiles {
  /** Every file that was there or that somebody named, in the order of the questions. */
  readonly asked: () => readonly string[];
}

/** What the answer depends on is known once it was read, and not before. */
export const recorded = (files: SourceFiles): RecordedFiles => {
  const asked = new Set<string>();
  return {
    ...files,
    read: (file, how) => {
      const bytes = files.read(file);
      if (bytes !== undefined || how !== 'probe') asked.add(file);
      return bytes;
    },
    asked: () => [...asked],
  };
};

const attempt = <Value>(read: () => Value): Value | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
