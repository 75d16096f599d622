/** What a guard looks at and what it says: a pure function, so that each refusal is shown by a planted case. */
import type { GuardRules } from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';
import type { Line } from '../file/lines';
import type { MissingWheel } from '../platforms/missing-wheels';
import type { Unasked } from '../prereleases/unasked';

/** What asking the resolver once more gave, or why it gave nothing. */
export type Proved<Value> = { readonly value: Value } | { readonly unproved: string };

export interface Proof {
  /** Normalised names of the direct requirements that apply to the file's Python. */
  readonly direct: Proved<readonly string[]>;
  /** What the file's own requirements resolve to with the file as constraints. */
  readonly again: Proved<Pins>;
  /** Pre-releases of the file that nobody asked for, by name. */
  readonly unasked?: ReadonlyMap<string, Unasked>;
  /** Why a published pin may go down, by name. */
  readonly withdrawn?: ReadonlyMap<string, string>;
  /** Pins without a wheel for another platform of the project. */
  readonly missing?: readonly MissingWheel[];
}

export interface Subject {
  /** Name on the branch. */
  readonly file: string;
  readonly lines: readonly Line[];
  readonly pins: Pins;
  /** Undefined when the branch has no such file yet. */
  readonly published: Pins | undefined;
  /** Names, or patterns with `*`, of the workspace's own packages. */
  readonly own: readonly string[];
  /** Names of packages that come from an index of their own, which may have local versions. */
  readonly sourced?: readonly string[];
  /** Absent when the file would not change the branch. */
  readonly proof?: Proof;
}

export interface Guard {
  readonly name: string;
  /** What a person does about a refusal, as one imperative sentence. */
  readonly remedy: string;
  /** Everything that is wrong, in words that name line, package and value; empty when nothing is. */
  readonly refuse: (subject: Subject, rules: GuardRules) => readonly string[];
}
