/** The TypeScript types of every option schema, as they should stand beside it. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';

export const root = join(__dirname, '../../..');
const executors = 'libs/nx-ci-cache/src/executors';

/** Paths relative to the repository. */
export const schemaFiles = (): string[] => [
  'libs/config/src/ci-cache.schema.json',
  ...readdirSync(join(root, executors)).map((name) => `${executors}/${name}/schema.json`),
];

/** A target that is named on the command line takes every switch, whatever its executor: Nx hands flags to it alone. */
const switches = 'libs/nx-ci-cache/src/switches.schema.json';

/** The text of an executor's schema with the switches behind its own options; any other schema as it is. */
export const schemaText = async (schema: string): Promise<string> => {
  const text = readFileSync(join(root, schema), 'utf8');
  if (!schema.startsWith(executors)) return text;
  const definition = JSON.parse(text) as { readonly properties: Record<string, unknown> };
  const shared = JSON.parse(readFileSync(join(root, switches), 'utf8')) as Record<string, unknown>;
  const own = Object.fromEntries(
    Object.entries(definition.properties).filter(([name]) => !Object.hasOwn(shared, name)),
  );
  return formatted(JSON.stringify({ ...definition, properties: { ...own, ...shared } }, null, 2), join(root, schema));
};

export const typesFile = (schema: string): string => join(root, schema.replace(/\.json$/, '.d.ts'));

export const typesOf = async (schema: string): Promise<string> => {
  const { title, ...definition } = JSON.parse(await schemaText(schema));
  const text = await compile({ ...definition, $id: undefined }, title, {
    bannerComment: '/** Generated from the schema beside this file by tools/generate-types: change that one. */',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    format: false,
  });
  return formatted(text, typesFile(schema));
};

const formatted = async (text: string, filepath: string): Promise<string> =>
  format(text, { ...(await resolveConfig(filepath)), filepath });
