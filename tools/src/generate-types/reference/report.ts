/** The form of refresh.json, a section for each type in it. */
import { code, page, prose, table } from './markdown';
import { typeOf, type Schema } from './schema';

const link = (name: string): string => `[${name}](#${name.toLowerCase()})`;

export const reportPage = ({ definitions = {} }: Schema): string =>
  page(
    'refresh.json',
    'libs/report/src/refresh-report.ts',
    'What `refresh` and `report` write for programs, under `dist/<project root>/`. Its schema is in the package, `nx-ci-cache/refresh.schema.json`. New keys may come at any time; what is here changes only with another `version`.',
    ...Object.entries(definitions).map(([name, schema]) => section(name, schema)),
  );

const section = (name: string, schema: Schema): string => {
  const { properties = {}, required = [], description } = schema;
  const rows = Object.entries(properties).flatMap(([key, each]) => rowsOf(key, each, required.includes(key)));
  const parts = [`## ${name}`, ...(description === undefined ? [] : [prose(description)])];
  if (rows.length === 0) return [...parts, oneOf(schema)].join('\n\n');
  return [...parts, table(['key', 'type', 'there', 'meaning'], rows)].join('\n\n');
};

/** Objects that are told by no name stand where they are used. */
const rowsOf = (path: string, schema: Schema, isRequired: boolean): string[][] => {
  const { properties = {}, required = [] } = schema;
  const below = Object.entries(properties).flatMap(([key, each]) =>
    rowsOf(`${path}.${key}`, each, required.includes(key)),
  );
  return [[code(path), typeOf(schema, link), isRequired ? 'always' : '', prose(schema.description)], ...below];
};

const oneOf = (schema: Schema): string => {
  if (schema.anyOf === undefined) return typeOf(schema, link);
  return schema.anyOf.map((each) => `- ${each.properties === undefined ? typeOf(each, link) : keys(each)}`).join('\n');
};

const keys = ({ properties = {} }: Schema): string =>
  Object.entries(properties)
    .map(([key, each]) => `${code(key)}: ${typeOf(each, link)}`)
    .join(', ');
