/** The files a configuration reads, its own and those of others: what changes one of them changes what its steps do. */
import { workspacePath } from '@nx-ci-cache/config';
import type { Config, RequirementSource } from '@nx-ci-cache/records';

/** Paths relative to the workspace. */
export interface Sources {
  readonly files: readonly string[];
  /** Read with all that is below them. */
  readonly folders: readonly string[];
}

/** Files that the texts of a configuration lead to, relative to the workspace. */
export type Led = (config: Config) => readonly string[];

/** What the snapshot makes facts of. */
export const constraintSources = (config: Config, led: Led): Sources => {
  const resolving = config.modes.map(({ resolving = {} }) => resolving);
  const texts = [
    ...config.modes.flatMap(({ requirements, lock }) => [...requirements, ...(lock === undefined ? [] : [lock.path])]),
    ...resolving.flatMap(({ constraints = [], overrides = [], buildConstraints = [] }) => [
      ...constraints,
      ...overrides,
      ...buildConstraints,
    ]),
  ];
  const inWorkspace = (path: string) => workspacePath(path, config);
  return {
    files: distinct([...config.files, ...texts.flatMap(fileOf).map(inWorkspace), ...led(config)]),
    folders: distinct(resolving.flatMap(({ findLinks = [] }) => findLinks).map(inWorkspace)),
  };
};

/** What legs are built from: every file of a context is in the digest, whether an instruction copies it or not. */
export const imageSources = (config: Config, image?: string): Sources => {
  const chosen = config.images.filter(({ name }) => image === undefined || name === image);
  const dockerfiles = chosen.map(({ dockerfile }) => workspacePath(dockerfile, config));
  return {
    files: distinct([...config.files, ...dockerfiles, ...dockerfiles.map((path) => `${path}.dockerignore`)]),
    folders: distinct(
      chosen
        .flatMap(({ context, contexts }) => [context, ...Object.values(contexts)])
        .map((folder) => workspacePath(folder, config)),
    ),
  };
};

export const together = (...all: readonly Sources[]): Sources => ({
  files: distinct(all.flatMap(({ files }) => files)),
  folders: distinct(all.flatMap(({ folders }) => folders)),
});

const fileOf = (source: RequirementSource): string[] => {
  if (typeof source === 'string') return [source];
  return 'pyproject' in source ? [source.pyproject] : [];
};

const distinct = (paths: readonly string[]): string[] => [...new Set(paths)];
