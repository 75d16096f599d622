/** What is made from schemas: the types of ci-cache.json, and the switches that every executor's schema holds. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';

export const root = join(__dirname, '../../..');
const configuration = join(root, 'libs/config/src/ci-cache.schema.json');
const executors = join(root, 'libs/nx-ci-cache/src/executors');
/** A target that is named on the command line takes every switch, whatever its executor: Nx hands flags to it alone. */
const switches = join(root, 'libs/nx-ci-cache/src/switches.schema.json');

/** Texts by absolute path, as they should stand there. */
export const generated = async (): Promise<ReadonlyMap<string, string>> => {
  const schemas = readdirSync(executors).map((name) => join(executors, name, 'schema.json'));
  const texts = schemas.map(async (path): Promise<[string, string]> => [path, await withSwitches(path)]);
  const types = configuration.replace(/\.json$/, '.d.ts');
  return new Map([...(await Promise.all(texts)), [types, await typesOf(configuration, types)]]);
};

/** An executor's schema with the switches behind its own options. */
const withSwitches = (path: string): Promise<string> => {
  const definition = read(path) as { readonly properties: Record<string, unknown> };
  const shared = read(switches);
  const own = Object.entries(definition.properties).filter(([name]) => !Object.hasOwn(shared, name));
  const properties = { ...Object.fromEntries(own), ...shared };
  return formatted(JSON.stringify({ ...definition, properties }, null, 2), path);
};

const typesOf = async (schema: string, path: string): Promise<string> => {
  const { title, ...definition } = read(schema) as { readonly title: string };
  const text = await compile({ ...definition, $id: undefined }, title, {
    bannerComment: '/** Generated from the schema beside this file by tools/generate-types: change that one. */',
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    format: false,
  });
  return formatted(text, path);
};

const read = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;

const formatted = async (text: string, filepath: string): Promise<string> =>
  format(text, { ...(await resolveConfig(filepath)), filepath });
