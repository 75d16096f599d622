/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Pushes changed constraint files as one commit, after check and gates.
 */
export interface PushConstraintsOptions {}
