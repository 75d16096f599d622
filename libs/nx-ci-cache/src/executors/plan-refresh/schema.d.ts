/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Finds the legs whose image or cache in the registry no longer fits their inputs.
 */
export interface PlanRefreshOptions {}
