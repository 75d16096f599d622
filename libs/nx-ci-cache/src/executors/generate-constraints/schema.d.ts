/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Resolves the constraints of one cell from its facts file.
 */
export interface GenerateConstraintsOptions {
  /**
   * Mode of ci-cache.json.
   */
  mode: string;
  /**
   * Python version in the form X.Y.
   */
  python: string;
}
