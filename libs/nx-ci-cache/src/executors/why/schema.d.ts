/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Says who requires a package, and what holds it back from a newer version.
 */
export interface WhyOptions {
  /**
   * Name of the package. Default: CI_CACHE_PACKAGE of the environment.
   */
  package?: string;
}
