/**
 * What branch, index, caches and images hold, held against the sources, as one value: what `--json` prints. Its form is
 * status.schema.json.
 */
import type { Reason } from '@nx-ci-cache/records';

/** Changes of another number may break a reader; new keys alone do not. */
export const statusVersion = 1;

/**
 * `trouble`: something could not be looked at, or is broken. `changes-pending`: a refresh would have something to change, as
 * far as that is known without resolving and building.
 */
export type StatusOutcome = 'fresh' | 'changes-pending' | 'trouble';

export interface StatusReport {
  readonly version: typeof statusVersion;
  /** Name of the project. */
  readonly project: string;
  readonly outcome: StatusOutcome;
  /** 0 fresh, 2 changes pending, 1 trouble: what a script ends with, since Nx knows 0 and 1 alone. */
  readonly exitCode: 0 | 1 | 2;
  readonly observedAt: string;
  readonly sourceCommit?: string;
  readonly sourceBranch?: string;
  /** Absent when it could not be looked at. */
  readonly branch?: BranchStatus;
  /** Absent when the configuration could not be read. */
  readonly index?: IndexStatus;
  readonly cells: readonly CellStatus[];
  readonly legs: readonly LegStatus[];
  readonly images: readonly ImageStatus[];
  /** What a refresh would do. */
  readonly refresh: Forecast;
  readonly troubles: readonly Trouble[];
  /** What is not known, or odd, in words. */
  readonly notes: readonly string[];
}

/** The constraints branch. */
export interface BranchStatus {
  readonly name: string;
  /** Null when there is no branch. */
  readonly tip: string | null;
  readonly committedAt?: string;
  /** Files of the configuration that it lacks. */
  readonly missing: readonly string[];
  /** Files its tip was written with that the configuration does not name. */
  readonly extra: readonly string[];
}

export interface IndexStatus {
  /** Of the published files; absent when nobody says it. */
  readonly cutoff?: string;
  /** That a run which begins now would have. */
  readonly newest: string;
  readonly windowSeconds: number;
  /** How often the cut-off has moved since. */
  readonly windowsBehind?: number;
}

export interface CellStatus {
  /** Its name. */
  readonly cell: string;
  /** On the branch. */
  readonly file: string;
  /** `unknown`: there is a file, and what it is to be compared with could not be looked at. */
  readonly state: 'fresh' | 'stale' | 'absent' | 'unknown';
  /** Why a resolution may pin anything else, in words. */
  readonly reasons: readonly string[];
  readonly pins?: number;
  readonly cutoff?: string;
  /** Commit the file was made from. */
  readonly sourceCommit?: string;
  /** What the index says of its pins; absent where newer releases do not matter, and where nothing could be asked. */
  readonly releases?: NewerReleases;
}

/** Whether a resolution would take a newer release is not known without one. */
export interface NewerReleases {
  readonly asked: number;
  /** Pins with a newer release that the cell's Python and platform can have. */
  readonly newer: number;
  /** Those of them that came after the file's cut-off, within the bounds its own requirements set. */
  readonly newSince: number;
  readonly yanked: number;
  /** Pins of which the index told nothing. */
  readonly unknown: number;
  /** The first of `newSince`. */
  readonly examples: readonly { readonly name: string; readonly pinned: string; readonly newest: string }[];
}

export interface LegStatus {
  readonly leg: string;
  readonly image: string;
  readonly python: string;
  readonly platform: string;
  readonly state: 'fresh' | 'stale' | 'absent' | 'unknown';
  /** As plan-refresh gives them; empty when it is fresh. */
  readonly reasons: readonly Reason[];
  /** Why it is not built although it is stale. */
  readonly superseded?: string;
  /** What its leg tag records. */
  readonly recorded?: {
    /** When the run that built it looked at the world. */
    readonly observedAt?: string;
    readonly node: string;
    readonly ranOn?: string;
    /** Of its build. */
    readonly seconds?: number;
    readonly sourceCommit: string;
    readonly constraintsCommit: string | null;
    /** Of all layers, as the registry holds them. */
    readonly imageBytes?: number;
  };
  readonly cacheRef: string;
  /** Absent where there is none, or it could not be looked at. */
  readonly cacheBytes?: number;
}

export interface ImageStatus {
  readonly name: string;
  readonly image: string;
  readonly python: string;
  /** The moving tag. */
  readonly reference: string;
  /** `incomplete`: an index without one of the platforms. `broken`: it names an image that is gone, or is no index. */
  readonly state: 'whole' | 'incomplete' | 'absent' | 'broken' | 'unknown';
  readonly digest?: string;
  /** Why its index would be written; empty when every tag holds its legs. */
  readonly reasons: readonly Reason[];
}

export interface Forecast {
  /** Names of the cells that would be resolved, those with nothing newer included. */
  readonly resolves: readonly string[];
  /** Names of the legs that would be built. */
  readonly builds: readonly string[];
  /** Names of the legs that would be built too, if a cell is resolved to other pins. */
  readonly mayBuild: readonly string[];
  readonly publishes: readonly string[];
  readonly time: {
    /** Of the cells. */
    readonly resolving: Estimate;
    /** Of the legs that would be built. */
    readonly building: Estimate;
  };
}

/** Of what was never timed nobody knows: then the rest is a lower bound. */
export interface Estimate {
  /** Absent when nothing of it was ever timed. */
  readonly seconds?: number;
  readonly untimed: readonly string[];
  /** In words. */
  readonly how: string;
}

export interface Trouble {
  /** What could not be looked at, or is broken. */
  readonly what: string;
  readonly says: string;
  /** What a person does next; absent when there is nothing more to say. */
  readonly mend?: string;
}

export type StatusParts = Omit<StatusReport, 'version' | 'outcome' | 'exitCode'>;

const exitCodes = { fresh: 0, 'changes-pending': 2, trouble: 1 } as const;

export const statusReport = (parts: StatusParts): StatusReport => {
  const outcome = outcomeOf(parts);
  return { version: statusVersion, outcome, exitCode: exitCodes[outcome], ...parts };
};

const outcomeOf = ({ branch, cells, refresh, troubles }: StatusParts): StatusOutcome => {
  if (troubles.length > 0) return 'trouble';
  const isPending =
    (branch?.missing.length ?? 0) > 0 ||
    cells.some(({ state }) => state === 'stale' || state === 'absent') ||
    refresh.builds.length > 0 ||
    refresh.publishes.length > 0;
  return isPending ? 'changes-pending' : 'fresh';
};
