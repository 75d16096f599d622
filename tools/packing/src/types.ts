/** One file of the public types, with all that they name, because the libraries they come from are not published. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { source } from './places';

export const writeTypes = (path: string): void => {
  const [text = ''] = generateDtsBundle(
    [
      {
        filePath: join(source, 'src/index.ts'),
        libraries: { importedLibraries: ['@nx/devkit'], allowedTypesLibraries: [] },
        output: { noBanner: true, exportReferencedTypes: false },
      },
    ],
    // Libraries as sources: what lies in node_modules is never read as one.
    { preferredConfigPath: join(__dirname, '../tsconfig.types.json') },
  );
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
