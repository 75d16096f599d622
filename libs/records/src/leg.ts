/** What a leg is planned from and what its build proved. */
import type { Reason } from './reason';

/** The typed cache key of a leg: each field says what of the outside the image depends on. */
export interface LegInputs {
  /** Version of our own build recipe: a change of how we call buildx makes every leg stale. */
  readonly recipe: string;
  /** Digest of the source commit's files under the context, minus .dockerignore. */
  readonly context: string;
  /** Likewise of each named context, by name; absent without any, as in legs recorded before there were some. */
  readonly contexts?: Readonly<Record<string, string>>;
  /** Digest of the commit and the tags of its history, where the context has a `.git`. */
  readonly gitDir?: string;
  /** Digest of the Dockerfile's text. */
  readonly dockerfile: string;
  /** Digest of each constraint file of this Python in the pushed commit, by name. */
  readonly constraints: Readonly<Record<string, string>>;
  /** Each base image pinned to its index, `name:tag@digest`, by build argument. */
  readonly bases: Readonly<Record<string, string>>;
  /** Digest of each build argument's value, by name. */
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly platform: string;
  /** Stage that is the image, where one is configured. */
  readonly target?: string;
  /** How the image is written, where that is configured: each option's text, of a label its digest, by name. */
  readonly output?: Readonly<Record<string, string>>;
}

/** `plan/<leg>.json`: the only file a cached leg depends on. */
export interface LegPlan {
  readonly image: string;
  readonly python: string;
  readonly platform: string;
  /** Digest of LegInputs. */
  readonly inputDigest: string;
  /** Of the build that made the leg, or a new one when it is stale; null when a stale leg is not built. */
  readonly buildId: string | null;
  /** A stale leg that is not built because a newer state is recorded. */
  readonly superseded?: true;
  /** A stale leg that this run was asked to leave out. */
  readonly leftOut?: true;
}

/** `plan/reasons/<leg>.json`: the volatile part of a plan; no cached task depends on it. */
export interface LegReasons {
  readonly run: string;
  readonly leg: string;
  readonly stale: boolean;
  /** Empty when fresh. */
  readonly reasons: readonly Reason[];
  readonly inputs: LegInputs;
  /** Commit the constraints come from, null in a preview of a new branch. */
  readonly constraintsCommit: string | null;
  /** Why a stale leg is not built although it may be. */
  readonly superseded?: string;
  /** Build id of the recorded leg that this run was found to be ahead of. */
  readonly replaces?: string;
  /** What the recorded build took and what it ran on, whether it answers the inputs or not. */
  readonly last?: LastBuild;
}

export interface LastBuild {
  readonly seconds?: number;
  /** Absent when every step came from the cache. */
  readonly ranOn?: string;
}

/** Where the time of a build went, by the clock of its node. */
export interface LegFigures {
  readonly timings: readonly { readonly step: string; readonly cached: boolean; readonly seconds: number }[];
  /** Of the longest chain of operations of which each needs the one before: no more nodes or cores make it shorter. */
  readonly criticalPathSeconds: number;
  /** For writing image and cache. */
  readonly exportSeconds: number;
  /** Bytes as the registry holds them, by layer from the lowest. */
  readonly imageBytes?: readonly number[];
  readonly cacheBytes?: number;
  /** Of the cache's manifest: BuildKit imports none over 1 MiB. */
  readonly cacheManifestBytes?: number;
}

/** A step that was not in the cache a build came from. */
export interface RanStep {
  /** E.g. `deps 2/3 ran: COPY app/ /app/`. */
  readonly step: string;
  /** What it is made from that changed since the recorded build, in words. */
  readonly reasons: readonly string[];
}

export interface LegRecord {
  readonly result: 'built' | 'already-applied' | 'superseded' | 'previewed';
  readonly leg: string;
  readonly platform: string;
  readonly inputDigest: string;
  readonly buildId: string | null;
  /** Build id of the plan it answers. Default: `buildId`; another one when another run had built the leg meanwhile. */
  readonly planned?: string;
  /** The image manifest. */
  readonly digest?: string;
  /** Manifests that attest it. */
  readonly attestations?: readonly string[];
  /** Digest of the index that holds them, of a leg that is built apart. */
  readonly attestedIn?: string;
  readonly repository?: string;
  readonly cacheRef?: string;
  readonly cacheDigest?: string;
  /** Why there is none though there should be, in words; the image is whole. */
  readonly cacheMissing?: string;
  readonly constraintsCommit?: string | null;
  readonly sourceCommit?: string;
  /** Name of the node that built it. */
  readonly node?: string;
  /** Platform of the machine the steps ran on, from the provenance: differs from `platform` when emulated. */
  readonly ranOn?: string;
  readonly steps?: { readonly total: number; readonly cached: number };
  /** Those of them that ran, where the leg tag tells what they were made from before. */
  readonly ran?: readonly RanStep[];
  /** What the build took on its node, waiting left out. */
  readonly seconds?: number;
  /** How often the build was begun again after a failure. */
  readonly retries?: number;
  readonly figures?: LegFigures;
  /** When the node was at it, ISO 8601. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Built by force from an older source: neither leg tag nor cache ref hold it. */
  readonly apart?: true;
  /** What it is superseded by, when that was found after planning. */
  readonly reason?: string;
}
