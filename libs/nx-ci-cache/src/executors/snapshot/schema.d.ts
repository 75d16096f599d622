/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Observes the package index, the constraints branch and the base images, and writes what it saw as facts.
 */
export interface SnapshotOptions {}
