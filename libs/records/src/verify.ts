/** `verify.json`: whether builders that have nothing find everything in the published caches. */
export interface VerifiedLeg {
  readonly leg: string;
  readonly platform: string;
  readonly cacheRef: string;
  /** RUN, COPY, ADD and WORKDIR steps of what is built. */
  readonly steps: { readonly total: number; readonly cached: number };
  /** The first step that was not in the cache. */
  readonly missed?: string;
  /** How what is built now differs from the recorded build, in words; only of a leg that missed. */
  readonly reasons?: readonly string[];
  /** What is missing or broken of the cache ref, in words. */
  readonly problems: readonly string[];
}

export interface VerifyRecord {
  readonly result: 'verified' | 'refused';
  /** Commit that was built, as a consumer would. */
  readonly sourceCommit: string;
  /** Tip of the constraints branch it was built with; null when there is none. */
  readonly constraintsCommit: string | null;
  readonly legs: readonly VerifiedLeg[];
  /** The leg that a consumer's build was made on; absent when a cache failed before. */
  readonly consumed?: string;
  /** What is wrong, in words; empty when it is verified. */
  readonly faults: readonly string[];
}
