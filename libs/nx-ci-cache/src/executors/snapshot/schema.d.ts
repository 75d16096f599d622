/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Observes the package index and the constraints branch, and writes what it saw as facts.
 */
export interface SnapshotOptions {}
