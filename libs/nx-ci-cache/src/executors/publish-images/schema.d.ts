/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Publishes one index of all verified platforms of an image, and its tags.
 */
export interface PublishImagesOptions {
  /**
   * Image of ci-cache.json.
   */
  image: string;
  /**
   * Python version in the form X.Y.
   */
  python: string;
}
