/** Holds a parsed ci-cache.json against its schema and says what is wrong in the words of the schema's descriptions. */
import type { ErrorObject } from 'ajv';
import type { CiCacheJson } from './ci-cache.schema';
import { closeMatches } from './close-matches';
import { invalid } from './invalid';
import { matchesSchema } from './schema-check';

/** @throws CiCacheError `OptionInvalid` with file, key, value and allowed form of the first fault. */
export const validate = (value: unknown, file: string): CiCacheJson => {
  if (matchesSchema(value)) return value;
  throw faultOf(matchesSchema.errors?.[0] as ErrorObject, file);
};

const faultOf = (error: ErrorObject, file: string) => {
  const at = dotted(error.instancePath);
  const parent = error.parentSchema as ParentSchema | undefined;
  const allowed = parent?.description ?? 'see the schema';
  const { additionalProperty, missingProperty } = error.params as Params;
  if (additionalProperty !== undefined) return unknownKey(error, additionalProperty, file);
  if (missingProperty !== undefined) {
    const misspelt = misspeltFor(missingProperty, error);
    if (misspelt !== undefined) return unknownKey(error, misspelt, file);
    const property = parent?.properties?.[missingProperty];
    return invalid({ file, key: join(at, missingProperty) }, undefined, property?.description ?? allowed);
  }
  if (error.propertyName !== undefined)
    return invalid({ file, key: join(at, error.propertyName) }, error.propertyName, allowed);
  return invalid({ file, key: at || '(whole file)' }, error.data, allowed);
};

interface ParentSchema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}

interface Params {
  readonly additionalProperty?: string;
  readonly missingProperty?: string;
}

const unknownKey = (error: ErrorObject, name: string, file: string) => {
  const key = join(dotted(error.instancePath), name);
  const keys = knownKeys(error);
  const [closest] = closeMatches(name, keys);
  return invalid(
    { file, key },
    (error.data as Record<string, unknown>)[name],
    `one of the keys ${keys.join(', ')}${closest === undefined ? '' : `; perhaps ${closest}`}`,
    `Remove ${key}, or correct its spelling.`,
  );
};

/** The unknown key that stands where `missing` should: one slip is two faults to a schema, and one to a person. */
const misspeltFor = (missing: string, error: ErrorObject): string | undefined => {
  const keys = knownKeys(error);
  return Object.keys(error.data as object).find((key) => !keys.includes(key) && closeMatches(key, keys)[0] === missing);
};

const knownKeys = ({ parentSchema }: ErrorObject): string[] =>
  Object.keys((parentSchema as ParentSchema | undefined)?.properties ?? {}).filter((each) => each !== '$schema');

const join = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

/** `/push/branches/0/to` → `push.branches[0].to`. */
const dotted = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : join(path, part)), '');
