/**
 * The schema of ci-cache.json as a function. The published package holds the code that ajv makes of it in this file's
 * stead: every task of a run is a process, and compiling costs each of them time and memory for always the same result.
 */
import Ajv, { type Options } from 'ajv';
import type { CiCacheJson } from './ci-cache.schema';
import schema from './ci-cache.schema.json';

/** `verbose`: an error hands over the description it broke. A test judges the schema itself, not each start. */
export const schemaOptions: Options = { verbose: true, strict: false, meta: false, validateSchema: false };

export const matchesSchema = new Ajv(schemaOptions).compile<CiCacheJson>(schema);
