/**
 * A project.json or package.json as Nx reads it, comments and all, by the parser that Nx has: the devkit's own function would
 * load the whole devkit into each snapshot. What is no JSON is for Nx to complain of.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parse, type ParseError } from 'jsonc-parser';

/** Text of a file, undefined when there is none: of the disk, or of a generator's tree with what it has not written yet. */
export type ReadText = (file: string) => string | undefined;

export const readText: ReadText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** Undefined when there is none, or none that can be read. */
export const readJsonFile = <Content extends object>(file: string, read = readText): Content | undefined => {
  const text = read(file);
  if (text === undefined) return undefined;
  const errors: ParseError[] = [];
  const content = parse(text, errors, { allowTrailingComma: true }) as Content;
  return errors.length === 0 ? content : undefined;
};
