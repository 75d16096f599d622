/** The two kinds of target: what may be cached, and what must look or act each time. */
import { posix } from 'node:path';
import type { TargetConfiguration } from '@nx/devkit';
import type { TaskInput } from './plugin-inputs';

interface Description {
  /** As project.json names it: with the package it is of. */
  readonly executor: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly dependsOn?: TargetConfiguration['dependsOn'] | undefined;
  /** Paths relative to the workspace. */
  readonly outputs?: readonly string[];
}

/** `affected` of Nx 24 goes by declared inputs: without this one an uncached target is silently left out. */
const everythingBefore: TaskInput = { dependentTasksOutputFiles: '**/*', transitive: true };

// A pure function of its facts files, named by their whole path: `**/` before it would match another project's too, and
// `**/*` transitive would take volatile records into the hash, which would never hit.
export const cached = (
  description: string,
  {
    facts,
    plugin,
    ...target
  }: Description & { readonly facts: readonly string[]; readonly plugin: readonly TaskInput[] },
): TargetConfiguration => ({
  ...common(description, target),
  cache: true,
  inputs: [...facts.map((file) => ({ dependentTasksOutputFiles: file })), ...plugin],
});

/** A file by its path, several of one kind in one folder by a pattern: Nx reads each input's files anew. */
export const globsOf = (files: readonly string[]): string[] => {
  const globs = new Map<string, string>();
  for (const file of files) {
    const kind = `${posix.dirname(file)}/*${posix.extname(file)}`;
    globs.set(kind, globs.has(kind) ? kind : file);
  }
  return [...globs.values()];
};

/** Observes the outside world or acts on it. */
export const uncached = (
  description: string,
  { reads = [], ...target }: Description & { readonly reads?: readonly TaskInput[] },
): TargetConfiguration => ({
  ...common(description, target),
  cache: false,
  inputs: [...reads, everythingBefore],
});

const common = (
  description: string,
  { executor, options = {}, dependsOn, outputs = [] }: Description,
): TargetConfiguration => ({
  executor,
  metadata: { description, technologies: ['python', 'docker'] },
  ...(Object.keys(options).length === 0 ? {} : { options }),
  ...(dependsOn === undefined ? {} : { dependsOn }),
  outputs: outputs.map((path) => `{workspaceRoot}/${path}`),
});
