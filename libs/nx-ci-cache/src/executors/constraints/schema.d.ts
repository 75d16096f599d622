/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Writes the published constraint files for other targets to read.
 */
export interface ConstraintsOptions {}
