/** What the package is called, which Nx's own files name it by: in plugins, in executors, in lockfiles. */
export const pluginName = 'nx-ci-cache';

/** As a target names it. */
export const executorOf = (step: string): string => `${pluginName}:${step}`;

/** Nx ends a task of this executor without a process. */
export const noop = 'nx:noop';
