/** What becomes of one cell, whatever it is made from: its constraint file, and what there is to say of it. */
import type { HeldPin } from '@nx-ci-cache/records';

export interface Resolution {
  /** The whole constraint file. */
  readonly text: string;
  readonly pins: number;
  /** What was found and is not in the file, sorted: own packages, and what has no release. */
  readonly leftOut: readonly string[];
  /** What is odd about it all the same, sorted; absent when nothing is. The resolver quotes index and packages here. */
  readonly warnings?: readonly string[];
  /** Pins held below their newest stable release, by name. */
  readonly held?: readonly HeldPin[];
}
