/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Builds an image with the newest dependencies at the cut-off and freezes what it holds.
 */
export interface BuildImageOptions {
  /**
   * Image of ci-cache.json.
   */
  image: string;
  /**
   * Python version in the form X.Y.
   */
  python: string;
}
