/** Holds a parsed ci-cache.json against its schema and says what is wrong in the words of the schema's descriptions. */
import type { ErrorObject } from 'ajv';
import type { CiCacheJson } from './ci-cache.schema';
import { invalid } from './invalid';
import { matchesSchema } from './schema-check';

/** @throws CiCacheError `OptionInvalid` with file, key, value and allowed form of the first fault. */
export const validate = (value: unknown, file: string): CiCacheJson => {
  if (matchesSchema(value)) return value;
  throw faultOf(matchesSchema.errors?.[0] as ErrorObject, file);
};

const faultOf = (error: ErrorObject, file: string) => {
  const at = dotted(error.instancePath);
  const parent = error.parentSchema as { description?: string; properties?: object } | undefined;
  const allowed = parent?.description ?? error.message ?? 'see the schema';
  if (error.keyword === 'additionalProperties') {
    const key = join(at, (error.params as { additionalProperty: string }).additionalProperty);
    const keys = Object.keys(parent?.properties ?? {}).filter((each) => each !== '$schema');
    return invalid(
      { file, key },
      lastValue(error),
      `one of the keys ${keys.join(', ')}`,
      `Remove ${key}, or correct its spelling.`,
    );
  }
  if (error.keyword === 'required') {
    const missing = (error.params as { missingProperty: string }).missingProperty;
    const property = (parent?.properties as Record<string, { description?: string }> | undefined)?.[missing];
    return invalid({ file, key: join(at, missing) }, undefined, property?.description ?? allowed);
  }
  if (error.propertyName !== undefined)
    return invalid({ file, key: join(at, error.propertyName) }, error.propertyName, allowed);
  return invalid({ file, key: at || '(whole file)' }, error.data, allowed);
};

const lastValue = ({ data, params }: ErrorObject): unknown =>
  (data as Record<string, unknown>)[(params as { additionalProperty: string }).additionalProperty];

const join = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

/** `/push/branches/0/to` → `push.branches[0].to`. */
const dotted = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : join(path, part)), '');
