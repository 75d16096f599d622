/** The TypeScript types of every option schema, as they should stand beside it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';

const root = join(__dirname, '../../..');
const executors = 'libs/nx-ci-cache/src/executors';

/** Paths relative to the repository. */
export const schemaFiles = (): string[] => [
  'libs/config/src/ci-cache.schema.json',
  ...readdirSync(join(root, executors)).map((name) => `${executors}/${name}/schema.json`),
];

export const typesFile = (schema: string): string => join(root, schema.replace(/\.json$/, '.d.ts'));

export const typesOf = async (schema: string): Promise<string> => {
  const { title, ...definition } = JSON.parse(readFileSync(join(root, schema), 'utf8'));
  const text = await compile({ ...definition, $id: undefined }, title, {
    bannerComment: '/** Generated from the schema beside this file by tools/generate-types: change that one. */',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    format: false,
  });
  const path = typesFile(schema);
  return format(text, { ...(await resolveConfig(path)), filepath: path });
};
