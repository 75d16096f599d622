/**
 * What is made from schemas: the types of ci-cache.json, the switches of every executor, the configuration as snapshot's
 * options; and the schemas of refresh.json and of a status, which people read and we write: their types are the source.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { format, resolveConfig } from 'prettier';
import { createGenerator } from 'ts-json-schema-generator';

export const root = join(__dirname, '../../..');
const configuration = join(root, 'libs/config/src/ci-cache.schema.json');
const reports = join(root, 'libs/report/src');
const executors = join(root, 'libs/nx-ci-cache/src/executors');
const snapshot = join(executors, 'snapshot/schema.json');
/** A target that is named on the command line takes every switch, whatever its executor: Nx hands flags to it alone. */
const switches = join(root, 'libs/nx-ci-cache/src/switches.schema.json');

/** Texts by absolute path, as they should stand there. */
export const generated = async (): Promise<ReadonlyMap<string, string>> => {
  const schemas = readdirSync(executors).map((name) => join(executors, name, 'schema.json'));
  const texts = schemas.map(async (path): Promise<[string, string]> => [path, await withSwitches(path)]);
  const types = configuration.replace(/\.json$/, '.d.ts');
  return new Map([
    ...(await Promise.all(texts)),
    [types, await typesOf(configuration, types)],
    await schemaOf('RefreshReport', 'refresh'),
    await schemaOf('StatusReport', 'status'),
  ]);
};

/** An executor's schema with the switches behind its own options; snapshot's own are the keys of ci-cache.json. */
const withSwitches = (path: string): Promise<string> => {
  const definition = read(path) as ObjectSchema;
  const { definitions, properties } = path === snapshot ? configurationKeys() : definition;
  const shared = read(switches);
  const own = Object.entries(properties).filter(([name]) => !Object.hasOwn(shared, name));
  const whole = {
    ...definition,
    properties: { ...Object.fromEntries(own), ...shared },
    ...(definitions && { definitions }),
  };
  return formatted(JSON.stringify(whole, null, 2), path);
};

interface ObjectSchema {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly definitions?: object;
}

/** What an editor completes. What is right is judged by the step alone, in its own words: Nx's are poorer, and it fills in defaults. */
const configurationKeys = (): ObjectSchema => {
  const { properties, definitions = {} } = lenient(read(configuration)) as ObjectSchema;
  const { $schema: _, ...keys } = properties;
  return { properties: keys, definitions };
};

const judging = [
  ...['additionalProperties', 'required', 'pattern', 'propertyNames', 'default', 'tsType'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'minProperties', 'minimum', 'maximum'],
];

const lenient = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(lenient);
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(
    ([key, value]) => !(key === 'type' && Array.isArray(value)) && (!judging.includes(key) || isKey(value)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, lenient(value)]));
};

/** Of ci-cache.json, called as a word of the schema language is, or a schema for keys of any name. */
const isKey = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

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

/** New keys are allowed: a reader of one version understands all later ones of that number. */
const schemaOf = async (type: string, name: string): Promise<[string, string]> => {
  const path = join(reports, `${name}.schema.json`);
  const generator = createGenerator({
    ...{ path: join(reports, `${name}-report.ts`), tsconfig: join(root, 'tsconfig.json'), type },
    ...{ skipTypeCheck: true, additionalProperties: true },
  });
  return [path, await formatted(JSON.stringify(generator.createSchema(type)), path)];
};

const read = (path: string): object => JSON.parse(readFileSync(path, 'utf8')) as object;

const formatted = async (text: string, filepath: string): Promise<string> =>
  format(text, { ...(await resolveConfig(filepath)), filepath });
