/** From what people wrote, in ci-cache.json or as options of a target, to a Config, or one clear error. */
import { posix } from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { CiCacheError } from '@nx-ci-cache/process';
import type { Config } from '@nx-ci-cache/records';
import type { CiCacheJson } from './ci-cache.schema';
import { crossCheck } from './cross-check';
import { normalise } from './normalise';
import { validate } from './validate';

export const configFileName = 'ci-cache.json';

const keys: Readonly<Record<Exclude<keyof CiCacheJson, '$schema'>, true>> = {
  ...{ pythons: true, platforms: true, index: true, constraints: true, push: true, images: true, builder: true },
};

/** The keys at its top, in the order of the pipeline. */
export const configKeys: readonly string[] = Object.keys(keys);

/** Where one project's configuration was written; at least one of both. */
export interface WrittenConfig {
  /** Text of ci-cache.json. Comments and trailing commas are allowed. */
  readonly text?: string | undefined;
  /** Of the same shape: a key at the top takes the place of that in ci-cache.json. */
  readonly options?: { readonly file: string; readonly values: object } | undefined;
}

/**
 * Parses, validates and normalises.
 * @param projectRoot the project's folder relative to the workspace.
 * @throws CiCacheError `OptionInvalid` naming file, key, value and allowed form.
 */
export const readConfig = ({ text, options }: WrittenConfig, projectRoot: string): Config => {
  const ownFile = posix.join(projectRoot, configFileName);
  const files = [...(text === undefined ? [] : [ownFile]), ...(options === undefined ? [] : [options.file])];
  const file = files.join(' with options in ');
  const values = text === undefined ? {} : jsonOf(text, ownFile);
  const merged = isObject(values) ? { ...values, ...options?.values } : values;
  const config = { ...normalise(validate(merged, file), file, projectRoot), files };
  crossCheck(config);
  return config;
};

/** @param text of ci-cache.json. @throws as `readConfig` does. */
export const parseConfig = (text: string, projectRoot: string): Config => readConfig({ text }, projectRoot);

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const jsonOf = (text: string, file: string): unknown => {
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new CiCacheError('OptionInvalid', `${file}: line ${line} is no JSON (${printParseErrorCode(first.error)})`, {
      remedy: `Correct line ${line} of ${file}.`,
    });
  }
  return json;
};
