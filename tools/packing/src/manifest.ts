/** The published manifest: without what only this workspace needs, because all libraries are in the bundle. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { source } from './places';

export const published = () => {
  const { nx, devDependencies, ...manifest } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  void [nx, devDependencies];
  return {
    ...manifest,
    main: './src/index.js',
    types: './src/index.d.ts',
    exports: {
      '.': { types: './src/index.d.ts', default: './src/index.js' },
      './package.json': './package.json',
      './*.json': './*.json',
    },
  } as { readonly homepage: string };
};
