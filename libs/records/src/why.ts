/** `why.json`: who requires one package, and what holds it back, cell by cell. */
import type { PinChange } from './changes';

/** Why a package is not newer than it is. */
export type Hold =
  | { readonly by: 'nothing' }
  /** A newer one has no solution; in the resolver's words. */
  | {
      readonly by: 'requirements';
      readonly explanation: string;
      /** Bounds on it in requirement files, as they stand there. */
      readonly requirements: readonly { readonly path: string; readonly bound: string }[];
      /** Limits that name the package, with the reason each was given. */
      readonly limits: readonly { readonly bound: string; readonly reason: string }[];
      /** Files of `constraints` that name it. */
      readonly constraints: readonly string[];
    }
  /** A newer one has a solution; what else it changes is why the resolver did not choose it. */
  | { readonly by: 'choice'; readonly changes: readonly PinChange[] }
  /** An override says which version there is, whatever is required; names of the files with it. */
  | { readonly by: 'override'; readonly files: readonly string[] }
  /** Its published pin alone, which the mode keeps. */
  | { readonly by: 'kept' }
  /** The mode asks for the lowest version. */
  | { readonly by: 'resolution'; readonly resolution: string }
  | { readonly by: 'unknown'; readonly reason: string };

/** A newer release that the mode's own rules pass over. */
export type Hidden =
  /** Without a wheel for the cell, and not in `allowSdist`. */
  | { readonly by: 'sdist'; readonly version: string }
  /** Without a wheel for this Python and Linux, and without an sdist. */
  | { readonly by: 'wheel'; readonly version: string }
  /** Its wheels are for a newer Linux, e.g. `manylinux_2_31`. */
  | { readonly by: 'platform'; readonly version: string; readonly needs: string }
  /** The patch release that could have it. */
  | { readonly by: 'patch'; readonly version: string; readonly requires: string; readonly patch: string }
  | { readonly by: 'python'; readonly version: string; readonly requires: string }
  | { readonly by: 'prerelease'; readonly version: string }
  | { readonly by: 'unknown'; readonly reason: string };

export type WhyAnswer =
  | { readonly kind: 'absent' }
  /** The cell freezes an image: what is in it was decided by its Dockerfile. */
  | { readonly kind: 'frozen'; readonly image: string }
  | { readonly kind: 'failed'; readonly error: string }
  | {
      readonly kind: 'found';
      readonly version: string;
      /** Newest version that can be installed on the cell's Python at the cut-off. */
      readonly newest?: string;
      /** From a requirement file to the package, a shortest chain for each package that requires it. */
      readonly chains: readonly (readonly string[])[];
      readonly hold: Hold;
      /** Absent when the mode passes over none. */
      readonly hidden?: readonly Hidden[];
    };

export interface WhyRecord {
  /** Normalised name. */
  readonly package: string;
  readonly cutoff: string;
  readonly cells: readonly { readonly cell: string; readonly answer: WhyAnswer }[];
}
