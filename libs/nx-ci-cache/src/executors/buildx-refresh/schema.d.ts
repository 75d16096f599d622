/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Builds, verifies and records one leg when its plan says it is stale.
 */
export interface BuildxRefreshOptions {
  /**
   * Image of ci-cache.json.
   */
  image: string;
  /**
   * Python version in the form X.Y.
   */
  python: string;
  /**
   * Platform in the form os/architecture.
   */
  platform: string;
}
