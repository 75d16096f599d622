/** What the package is called, which Nx's own files name it by: in plugins, in executors, in lockfiles. */
export const pluginName = 'nx-ci-cache';
