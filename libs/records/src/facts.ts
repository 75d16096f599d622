/** Facts: what the snapshot saw of the outside world, one file per consumer. */

/** A text the resolver reads, under the name people gave it. */
export interface TextFact {
  readonly path: string;
  readonly text: string;
}

/** A requirement file, or the resolved-relevant part of a pyproject.toml with what is asked of it. */
export interface RequirementFact extends TextFact {
  readonly extras?: readonly string[];
  readonly groups?: readonly string[];
}

/** A package index. Its pages count up to the cut-off; without upload times, as their fingerprint says. */
export interface IndexFact {
  readonly name: string;
  /** Simple API URL, without user info. */
  readonly url: string;
  /** Digest over all pages of an index without upload times; absent for every other one. */
  readonly fingerprint?: string;
}

/** A wheel of a member not yet released: its name and metadata are all that a resolution asks of it. */
export interface WheelFact {
  readonly file: string;
  readonly metadata: string;
}

/** What a committed lock holds for one cell. */
export interface LockedFact {
  /** As ci-cache.json writes it. */
  readonly path: string;
  /** `name==version` lines of what indexes have, sorted. */
  readonly pins: string;
  /** Likewise of the workspace's own projects, and of what is left out by name. */
  readonly others: readonly string[];
}

/** `cells/<cell>.json`: everything the constraints of one cell depend on. A cached task reads this file and nothing else. */
export interface CellFacts {
  readonly mode: string;
  readonly python: string;
  /** Patch release, X.Y.Z, that it is resolved for. Default: X.Y.0. */
  readonly patch?: string;
  /** The one platform it is resolved for, as os/architecture. Default: linux/amd64, for all platforms. */
  readonly platform?: string;
  /** Oldest Linux it is resolved for, e.g. `manylinux_2_36`. Default: the resolver's own, glibc 2.28. */
  readonly linux?: string;
  /** Further platforms of the project, for which each pin should have a wheel. */
  readonly platforms?: readonly string[];
  /** Image whose installed packages are the constraints; then nothing is resolved, and `build-image`'s freeze counts too. */
  readonly image?: string;
  /** The pins are those of a lock; what is resolved is compared with them. */
  readonly locked?: LockedFact;
  /** The instant up to which the package index is seen, ISO 8601 UTC in whole seconds. */
  readonly cutoff: string;
  /** Simple API URL of the default index, which is asked last, without user info. */
  readonly indexUrl: string;
  /** Name of the default index. Default: `default`. */
  readonly indexName?: string;
  /** Fingerprint of the default index when its files have no upload times. */
  readonly indexFingerprint?: string;
  /** Indexes asked before the default one, in order. */
  readonly indexes?: readonly IndexFact[];
  /** Name of the one index a package comes from, by its normalised name; that index is asked for no other. */
  readonly sources?: Readonly<Record<string, string>>;
  /** Default: a package comes from the first index that has it. */
  readonly indexStrategy?: string;
  /** Whether the keyring command is asked for credentials. */
  readonly keyring?: boolean;
  /** Seconds for which a fetched index page may be used again: settle − 15 min. */
  readonly pageMaxAge: number;
  /** Name and version of the resolver, e.g. `uv 0.13.9`. */
  readonly resolver: string;
  /** Requirement files in the order written, with their whole text. */
  readonly requirements: readonly RequirementFact[];
  readonly constraints?: readonly TextFact[];
  readonly overrides?: readonly TextFact[];
  /** Names of packages left out wherever they are required. */
  readonly excludes?: readonly string[];
  readonly buildConstraints?: readonly TextFact[];
  /** Bounds of our own, each with the reason people read in the comparison. */
  readonly limits?: readonly { readonly bound: string; readonly reason: string }[];
  /** Names, or patterns with `*`, that are never in the file; `!` before one keeps what it names. */
  readonly ownPackages?: readonly string[];
  readonly resolution?: string;
  readonly prerelease?: string;
  readonly prereleasePackages?: Readonly<Record<string, string>>;
  /** Packages whose sdist may be built on the host where the chosen release has no wheel; or all such packages. */
  readonly allowSdist: 'all' | readonly string[];
  /** Full version of the Python that builds them; absent when none may be built. */
  readonly sdistPython?: string;
  readonly wheels?: readonly WheelFact[];
  /** Published pins to prefer, of a mode that keeps its pins. */
  readonly keep?: string;
  /** Instant up to which each exempt package is seen: just after its newest release. */
  readonly exempt?: Readonly<Record<string, string>>;
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
  /** The tip names no sources of ours: somebody else pushed it. */
  readonly foreignTip?: true;
  readonly cutoff: string;
  /** Why nothing may be changed in this run; absent when it may. */
  readonly preview?: string;
}

/** `bases.json`: digest of each base image's index by reference, as `plan-refresh` saw it for all legs. */
export type BaseFacts = Readonly<Record<string, string>>;

/** `plan/seen.json`: what a run saw of the outside world, for jobs that share it: two legs of one image must not be built from two looks. */
export interface Seen {
  readonly sourceCommit: string;
  /** When the run looked. */
  readonly startedAt: string;
  readonly bases: BaseFacts;
}
