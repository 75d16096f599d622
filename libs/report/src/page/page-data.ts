/** All that the page shows, as one value: the page computes nothing that a test of this value could not see. */
import type { PinChangeKind, Refusal, VerifyRecord } from '@nx-ci-cache/records';
import type { BuildLine, StepStatus, Verified } from '../line';
import type { Outcome } from '../refresh-report';
import type { Timeline } from './timeline';

/** The template knows one version: both lie in one package. */
export const pageVersion = 1;

export interface PageData {
  readonly version: typeof pageVersion;
  readonly project: string;
  readonly outcome: Outcome;
  readonly headline: string;
  /** What changed of the pins, in words; absent when nothing was compared. */
  readonly summary?: string;
  /** What a person does next, each as a sentence; empty when there is nothing. */
  readonly todo: readonly string[];
  /** Name and value: commits, branch, cut-off, start. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly steps: readonly PageStep[];
  readonly files: readonly PageFile[];
  readonly refusals: readonly Refusal[];
  readonly legs: readonly PageLeg[];
  /** Absent when nothing of the run is known by the clock. */
  readonly timeline?: Timeline;
  readonly verified: readonly (Verified & { readonly step: string })[];
  /** The last proof of the caches by a builder that has nothing. */
  readonly proof?: Pick<VerifyRecord, 'result' | 'faults'> & {
    readonly at?: string;
    readonly legs: readonly { readonly leg: string; readonly text: string; readonly isWhole: boolean }[];
  };
  readonly drift: readonly { readonly step: string; readonly text: string }[];
  /** Pins below their newest stable release, and bounds of our own, in words. */
  readonly held: readonly { readonly files: readonly string[]; readonly text: string }[];
  /** What the next run will do, each as a sentence. */
  readonly next: readonly string[];
}

export interface PageStep {
  readonly step: string;
  readonly status: StepStatus;
  readonly text: string;
  readonly seconds?: number;
  readonly replayed?: true;
}

export interface PageFile {
  readonly file: string;
  readonly mode: string;
  readonly python: string;
  /** Whether the branch has it already. */
  readonly isPublished: boolean;
  readonly pins: number;
  readonly counts: Readonly<Record<PinMark, number>>;
  readonly rows: readonly PageRow[];
  /** Page of a release at its index, with `{name}` and `{version}`. */
  readonly pages?: string;
}

/** What a pin can be filtered by. */
export type PinMark = PinChangeKind | 'held' | 'yanked' | 'prerelease';

export interface PageRow {
  readonly name: string;
  /** Absent for one that is removed. */
  readonly version?: string;
  readonly from?: string;
  readonly marks?: readonly PinMark[];
  /** ISO 8601. */
  readonly uploaded?: string;
  readonly ageDays?: number;
  readonly requiredBy?: readonly string[];
  /** What holds it, why it was yanked or may go down, each in words. */
  readonly notes?: readonly string[];
}

export interface PageLeg extends BuildLine {
  readonly step: string;
  readonly status: StepStatus;
  readonly text: string;
  /** Its record was made in another run. */
  readonly replayed?: true;
  /** Why it was to be built. */
  readonly reasons: readonly string[];
}
