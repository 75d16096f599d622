/** Facts: what the snapshot saw of the outside world, one file per consumer. */

/** `cells/<cell>.json`: everything the constraints of one cell depend on. A cached task reads this file and nothing else. */
export interface CellFacts {
  readonly mode: string;
  readonly python: string;
  /** The instant up to which the package index is seen, ISO 8601 UTC in whole seconds. */
  readonly cutoff: string;
  /** Simple API URL of the index, without user info. */
  readonly indexUrl: string;
  /** Seconds for which a fetched index page may be used again: settle − 15 min. */
  readonly pageMaxAge: number;
  /** Name and version of the resolver, e.g. `uv 0.13.9`. */
  readonly resolver: string;
  /** Requirement files in the order written, with their whole text. */
  readonly requirements: readonly { readonly path: string; readonly text: string }[];
  /** Packages whose sdist may be built on the host. */
  readonly allowSdist: readonly string[];
}

/** `branch.json`: where constraints go, as seen at the start of the run. No cached task reads it. */
export interface BranchFacts {
  /** Random id of this run; records of another run count as skipped. */
  readonly run: string;
  readonly startedAt: string;
  /** Branch the sources are on, `undefined` when detached and not told by the CI. */
  readonly sourceBranch?: string;
  /** Source branch the run's images are published for: the base branch of a pull request. */
  readonly imageBranch: string;
  /** Full object id of the source commit. */
  readonly sourceCommit: string;
  /** `constraints-…` branch the rule names for the source branch. */
  readonly branch: string;
  /** Remote URL, without user info. */
  readonly remote: string;
  /** Object id of the branch's tip, or null when it does not exist. */
  readonly tip: string | null;
  readonly cutoff: string;
  /** Why nothing may be changed in this run; absent when it may. */
  readonly preview?: string;
}

/** `bases.json`: digest of each base image's index by reference. */
export type BaseFacts = Readonly<Record<string, string>>;
