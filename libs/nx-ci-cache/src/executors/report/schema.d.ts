/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Renders whatever records of the last run exist, and marks the rest skipped.
 */
export interface ReportOptions {}
