/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Checks that the whole run is right, then reports.
 */
export interface RefreshOptions {}
