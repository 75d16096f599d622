/** The configuration as a commit had it, read from the files it is written in. */
import { posix } from 'node:path';
import { configFileName } from '@nx-ci-cache/config';
import { entriesAt, textOf, type Checkout, type Version } from '@nx-ci-cache/git';
import type { Config } from '@nx-ci-cache/records';
import { projectConfig } from '../../configuration/project-config';

export const configFilesOf = (projectRoot: string): string[] =>
  [configFileName, 'project.json', 'package.json'].map((name) => posix.join(projectRoot, name));

/** Undefined for what never was a sound configuration, or is none for this version: it has written nothing that we know. */
export const pastConfig = (version: Version, projectRoot: string): Config | undefined => {
  try {
    return projectConfig(projectRoot, '', (file) => version[file]);
  } catch {
    return undefined;
  }
};

/** @throws CiCacheError `CommandFailed` for a commit that the checkout does not have. */
export const configAt = async (git: Checkout, commit: string, projectRoot: string): Promise<Config | undefined> => {
  const entries = (await entriesAt(git, commit, configFilesOf(projectRoot))).filter(({ type }) => type === 'blob');
  const texts = entries.map(async ({ path, oid }) => [path, await textOf(git, oid)] as const);
  return pastConfig(Object.fromEntries(await Promise.all(texts)), projectRoot);
};
