/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Compares the generated constraints with the published ones.
 */
export interface CheckConstraintsOptions {}
