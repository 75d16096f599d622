/** A project.json or package.json as Nx reads it, comments and all; what is no JSON is for Nx to complain of. */
import { existsSync, readFileSync } from 'node:fs';
import { parseJson } from '@nx/devkit';

/** Text of a file, undefined when there is none: of the disk, or of a generator's tree with what it has not written yet. */
export type ReadText = (file: string) => string | undefined;

export const readText: ReadText = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

/** Undefined when there is none, or none that can be read. */
export const readJsonFile = <Content extends object>(file: string, read = readText): Content | undefined => {
  const text = read(file);
  if (text === undefined) return undefined;
  try {
    return parseJson<Content>(text);
  } catch {
    return undefined;
  }
};
