/** What a folder holds, to be compared with another one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes, as Latin-1, of every file by its path in the folder; not the link of a submodule to its repository. */
export const bytesBelow = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile() && each.name !== '.git')
      .map((each) => join(each.parentPath, each.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path).toString('latin1')]),
  );
