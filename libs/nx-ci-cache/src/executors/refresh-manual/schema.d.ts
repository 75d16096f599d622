/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Runs the whole chain in one process, without gates, and moves no moving tag.
 */
export interface RefreshManualOptions {}
