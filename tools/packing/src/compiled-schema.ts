/** Puts the code that ajv makes of our schema in the place of the module that would have it made at every start. */
import { dirname } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone';
import type { Plugin } from 'esbuild';
import { matchesSchema, schemaOptions } from '@nx-ci-cache/config/src/schema-check';

export const compiledSchema: Plugin = {
  name: 'compiled-schema',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/config\/src\/schema-check\.ts$/ }, ({ path }) => ({
      contents: standaloneCode(
        new Ajv({
          ...schemaOptions,
          code: { source: true, esm: true },
          schemas: { matchesSchema: matchesSchema.schema },
        }),
        { matchesSchema: 'matchesSchema' },
      ),
      loader: 'js',
      resolveDir: dirname(path),
    })),
};
