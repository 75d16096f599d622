/** `changes.json`: generated files against published ones, by normalised name. Comments and order never count. */
import type { HeldPin } from './held';

export type PinChangeKind = 'added' | 'removed' | 'upgraded' | 'downgraded';

/** What the index says of one release when the comparison was made. */
export interface ReleaseInfo {
  /** When its first file was uploaded, ISO 8601 UTC. */
  readonly uploaded?: string;
  /** Whole days between upload and cut-off. */
  readonly ageDays?: number;
  /** Why it was yanked, an empty text when no reason was given; absent when it was not. */
  readonly yanked?: string;
  /** Why the index could not be asked; then nothing else is known. */
  readonly unknown?: string;
}

export interface PinChange {
  readonly name: string;
  readonly kind: PinChangeKind;
  readonly from?: string;
  readonly to?: string;
  /** Of `to`; absent for a removed pin and in a file that is new. */
  readonly release?: ReleaseInfo;
  /** Why the pin may go down: it was yanked, or is a pre-release nobody asked for. */
  readonly withdrawn?: string;
  /** Packages and requirement files that require it, absent when the cell did not resolve again. */
  readonly requiredBy?: readonly string[];
}

export interface FileChanges {
  /** File name on the branch, `<mode>-<py>.txt`. */
  readonly file: string;
  /** Whether the branch has the file already. */
  readonly published: boolean;
  readonly unchanged: number;
  readonly changes: readonly PinChange[];
  /** Lines of the published file that are neither pin nor comment, which a push takes away; absent when there is none. */
  readonly notPins?: readonly string[];
}

/** One package in every file, for a table over Pythons and modes. */
export interface MatrixRow {
  readonly name: string;
  /** By file name; a file that has the package neither before nor after is left out. */
  readonly files: Readonly<Record<string, { readonly from?: string; readonly to?: string }>>;
}

/** A package that modes of one Python pin to different versions. */
export interface Disagreement {
  readonly python: string;
  readonly name: string;
  /** By mode. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What a guard found: a file that must not be published as it is. */
export interface Refusal {
  /** Name of the guard. */
  readonly guard: string;
  readonly file: string;
  readonly text: string;
  /** What a person does next, as one imperative sentence. */
  readonly remedy: string;
}

export interface ChangesRecord {
  /** The run that compared; another one's counts as far as its inputs do. */
  readonly run: string;
  /** Digest of everything that was compared and of the rules. */
  readonly inputs: string;
  /** `refused`: compared, but a guard said no. */
  readonly result: 'changed' | 'unchanged' | 'refused';
  readonly files: readonly FileChanges[];
  /** Digest of each generated file, which push-constraints finds unchanged or refuses. */
  readonly digests: Readonly<Record<string, string>>;
  /** A row for each package that changed anywhere. */
  readonly matrix?: readonly MatrixRow[];
  readonly disagreements?: readonly Disagreement[];
  /** Every refusal of every file. */
  readonly refusals?: readonly Refusal[];
  /** Bounds of our own that held in this comparison, and why they are there. */
  readonly limits?: readonly { readonly mode: string; readonly bound: string; readonly reason: string }[];
  /** Pins held below their newest stable release, by file; a file without any is left out. */
  readonly held?: Readonly<Record<string, readonly HeldPin[]>>;
  /** What the defaults would refuse and constraints.guard lets pass, in words. */
  readonly overrides?: readonly string[];
}
