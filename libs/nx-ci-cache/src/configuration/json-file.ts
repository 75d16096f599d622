/** A project.json or package.json as Nx reads it, comments and all; what is no JSON is for Nx to complain of. */
import { existsSync, readFileSync } from 'node:fs';
import { parseJson } from '@nx/devkit';

/** Undefined when there is none, or none that can be read. */
export const readJsonFile = <Content extends object>(file: string): Content | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return parseJson<Content>(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
