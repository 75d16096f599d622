/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Creates the builder and checks that each platform has its own running node.
 */
export interface SetupBuilderOptions {}
