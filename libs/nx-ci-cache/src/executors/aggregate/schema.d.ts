/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Stands for several targets; does nothing itself and takes no flags.
 */
export interface AggregateOptions {
  [k: string]: unknown;
}
