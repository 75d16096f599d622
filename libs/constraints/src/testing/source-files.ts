/** Files of a workspace in memory. */
import { posix } from 'node:path';
import type { SourceFiles } from '../requirements/source-files';

export const filesIn = (texts: Readonly<Record<string, string>>): SourceFiles => ({
  read: (file) => (texts[file] === undefined ? undefined : Buffer.from(texts[file])),
  folders: (folder) => [
    ...new Set(
      Object.keys(texts).flatMap((file) => {
        const [first = '', ...rest] = posix.relative(folder, file).split('/');
        return first === '..' || rest.length === 0 ? [] : [first];
      }),
    ),
  ],
});
