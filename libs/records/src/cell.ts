/** `constraints-<py>/<mode>-<py>.json`: how a cell's constraint file came to be. Cached with the file; only when it was made is volatile. */
import type { HeldPin } from './held';

/** How one constraint file came to be. */
export interface CellRecord {
  readonly mode: string;
  readonly python: string;
  /** The one platform it is for; absent when it serves all. */
  readonly platform?: string;
  readonly cutoff: string;
  readonly resolver: string;
  /** Digest of the facts file the cell was resolved from. */
  readonly facts: string;
  /** Digest of the constraint file. */
  readonly digest: string;
  /** Number of pins. */
  readonly pins: number;
  /** Own packages and what has no release: found, and not in the file. */
  readonly leftOut?: readonly string[];
  /** Bounds of our own, each with its reason; `warnings` names those whose package the cell does not hold. */
  readonly limits?: readonly { readonly bound: string; readonly reason: string }[];
  /** Direct requirements that are not at their newest stable release at the cut-off, others held for want of a wheel, a Linux or a patch release. */
  readonly held?: readonly HeldPin[];
  /** What is odd although it resolved, such as a yanked release or a missing extra: sorted, and made harmless. */
  readonly warnings?: readonly string[];
}
