/** Every key of ci-cache.json, by its whole path, from the schema that also judges it in an editor. */
import { code, page, prose, table } from './markdown';
import { allowedOf, definitionName, typeOf, type Schema } from './schema';

interface Key {
  readonly path: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

export const configurationPage = (schema: Schema): string => {
  const { $schema, ...parts } = schema.properties ?? {};
  const sections = Object.entries(parts).map(([name, part]) => {
    const keys = keysOf({ path: name, schema: part, isRequired: schema.required?.includes(name) ?? false }, schema);
    return `## ${name}\n\n${table(['key', 'type', 'default', 'meaning', 'allowed'], keys.map(rowOf))}`;
  });
  return page(
    'Keys of ci-cache.json',
    'libs/config/src/ci-cache.schema.json',
    `${schema.description ?? ''} \`<…>\` stands for a name of your own, \`[]\` for an entry of a list. \`$schema\` is ${$schema?.description}.`,
    ...sections,
  );
};

/** What the names of an object are names of. */
const calledIn: Readonly<Record<string, string>> = { 'constraints.modes': 'mode', images: 'image' };

/** A key with those below it; what a reference says counts unless the key says it itself. */
const keysOf = ({ path, schema, isRequired }: Key, root: Schema): readonly Key[] => {
  const own = resolved(schema, root);
  const { items, additionalProperties } = own;
  const below = Object.entries(own.properties ?? {}).map(([name, each]) => ({
    ...{ path: `${path}.${name}`, schema: each, isRequired: own.required?.includes(name) ?? false },
  }));
  const named =
    typeof additionalProperties === 'object'
      ? [{ path: `${path}.<${calledIn[path] ?? 'name'}>`, schema: additionalProperties, isRequired: false }]
      : [];
  const entry = items === undefined ? [] : [{ path: `${path}[]`, schema: items, isRequired: false }];
  const deeper = [...below, ...named, ...entry].flatMap((each) => keysOf(each, root));
  // An entry without keys of its own is told by the list.
  return [{ path, schema: own, isRequired }, ...(items !== undefined && deeper.length === 1 ? [] : deeper)];
};

const resolved = (schema: Schema, root: Schema): Schema => {
  if (schema.$ref === undefined) return schema.items ? { ...schema, items: resolved(schema.items, root) } : schema;
  const { $ref, ...own } = schema;
  return { ...root.definitions?.[definitionName($ref)], ...own };
};

/** Words that are allowed have a column of their own. */
const withoutWords = ({ enum: _words, items, ...rest }: Schema): Schema =>
  items ? { ...rest, items: withoutWords(items) } : rest;

const rowOf = ({ path, schema, isRequired }: Key): string[] => {
  const standard = schema.default === undefined ? '' : code(JSON.stringify(schema.default));
  const type = typeOf(withoutWords(schema), definitionName);
  return [code(path), type, isRequired ? 'required' : standard, prose(schema.description), allowedOf(schema)];
};
