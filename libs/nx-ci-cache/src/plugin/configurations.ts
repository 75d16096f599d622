/** The configurations of a workspace: what is wrong with one stays with its project and stops no other. */
import { sharedOutputs } from '@nx-ci-cache/config';
import type { Config } from '@nx-ci-cache/records';
import { projectConfig } from '../configuration/project-config';

export interface Configuration {
  /** Absent when it cannot be read. */
  readonly config?: Config;
  /** Why its run is refused. */
  readonly fault?: Error;
}

/** By the project's folder. Of two projects that clash, the later one in the order of their folders has the fault. */
export const configurationsOf = (
  roots: readonly string[],
  workspaceRoot: string,
): ReadonlyMap<string, Configuration> => {
  const read = new Map([...roots].sort().map((root) => [root, attempt(root, workspaceRoot)]));
  const clashes = sharedOutputs([...read.values()].flatMap(({ config }) => config ?? []));
  return new Map([...read].map(([root, found]) => [root, withClash(found, clashes.get(root))]));
};

const withClash = (found: Configuration, fault: Error | undefined): Configuration =>
  fault === undefined ? found : { ...found, fault };

const attempt = (root: string, workspaceRoot: string): Configuration => {
  try {
    return { config: projectConfig(root, workspaceRoot) };
  } catch (error) {
    return { fault: error instanceof Error ? error : new Error(String(error)) };
  }
};
