/** A run as one value: what every rendering shows, and whether the run is right. */
import type { BranchFacts, FileChanges } from '@nx-ci-cache/records';
import type { Line } from './line';

export interface ReportLine extends Line {
  /** Target name without its project. */
  readonly step: string;
}

export interface RefreshReport {
  /** Name of the project. */
  readonly project: string;
  readonly run: string | undefined;
  readonly startedAt: string | undefined;
  readonly sourceCommit: string | undefined;
  readonly branch: string | undefined;
  readonly cutoff: string | undefined;
  readonly preview: string | undefined;
  /** Whether every step of the chain has a good record of this run. */
  readonly ok: boolean;
  readonly lines: readonly ReportLine[];
  readonly files: readonly FileChanges[];
}

export interface ReportedRun {
  readonly project: string;
  /** Facts of this run; absent when nothing was observed in it. */
  readonly branch: BranchFacts | undefined;
  /** A line for each task of the chain, in its order. */
  readonly lines: readonly ReportLine[];
  /** Compared files; empty when nothing was compared. */
  readonly files: readonly FileChanges[];
}

export const refreshReport = ({ project, branch, lines, files }: ReportedRun): RefreshReport => ({
  project,
  run: branch?.run,
  startedAt: branch?.startedAt,
  sourceCommit: branch?.sourceCommit,
  branch: branch?.branch,
  cutoff: branch?.cutoff,
  preview: branch?.preview,
  ok: branch !== undefined && lines.every(({ status }) => status !== 'failed' && status !== 'skipped'),
  lines,
  files,
});
