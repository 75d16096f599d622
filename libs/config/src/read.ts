/** From the text of a ci-cache.json to a Config, or one clear error. */
import { posix } from 'node:path';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { CiCacheError } from '@nx-ci-cache/process';
import type { Config } from '@nx-ci-cache/records';
import { crossCheck } from './cross-check';
import { normalise } from './normalise';
import { validate } from './validate';

export const configFileName = 'ci-cache.json';

/**
 * Parses, validates and normalises. Comments and trailing commas are allowed.
 * @param projectRoot the project's folder relative to the workspace.
 * @throws CiCacheError `OptionInvalid` naming file, key, value and allowed form.
 */
export const parseConfig = (text: string, projectRoot: string): Config => {
  const file = posix.join(projectRoot, configFileName);
  const errors: ParseError[] = [];
  const json: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    throw new CiCacheError('OptionInvalid', `${file}: line ${line} is no JSON (${printParseErrorCode(first.error)})`, {
      remedy: `Correct line ${line} of ${file}.`,
    });
  }
  const config = normalise(validate(json, file), file, projectRoot);
  crossCheck(config);
  return config;
};
