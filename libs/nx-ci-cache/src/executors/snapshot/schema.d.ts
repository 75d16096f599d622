/** Generated from the schema beside this file by tools/generate-types: change that one. */

/**
 * Observes the package index and the constraints branch, and writes what it saw as facts.
 */
export interface SnapshotOptions {
  /**
   * Yes to publishing from outside a CI. Default: CI_CACHE_ANSWER of the environment, else no.
   */
  answer?: boolean | string;
  /**
   * Change nothing, show what would happen. Default: CI_CACHE_DRY_RUN of the environment, else no.
   */
  dryRun?: boolean | string;
  /**
   * Build every leg, also those whose inputs did not change. Default: CI_CACHE_FORCE of the environment, else no.
   */
  force?: boolean | string;
  /**
   * Upgrade modes with keepPins: all packages, or those named, separated by commas. Default: CI_CACHE_UPGRADE of the environment, else no.
   */
  upgrade?: boolean | string;
  /**
   * See the package index up to this instant, ISO 8601 UTC. Default: CI_CACHE_CUTOFF of the environment, else the newest that has settled.
   */
  cutoff?: string;
  /**
   * Tag, constraints-X.Y.Z, to set on the published commit. Default: CI_CACHE_TAG of the environment, else none.
   */
  tag?: string;
}
