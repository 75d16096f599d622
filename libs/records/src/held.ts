/** A pin that is not the newest stable release at the cut-off: without a word, most faults look like this. */
export interface HeldPin {
  readonly name: string;
  readonly version: string;
  /** Of a package that others require, the release it would have. */
  readonly newest: string;
  readonly cause: HeldCause;
}

export type HeldCause =
  /** The newest needs these, which have no wheel; it may be one itself. */
  | { readonly by: 'wheel'; readonly packages: readonly string[] }
  /** Wheels of a package it needs, or its own, are for a newer Linux, e.g. `manylinux_2_31`. */
  | { readonly by: 'platform'; readonly package: string; readonly needs: string }
  /** The patch release that could have it. */
  | { readonly by: 'patch'; readonly requires: string; readonly patch: string }
  | { readonly by: 'python'; readonly requires: string }
  /** Packages, and texts of the mode, that bound it. */
  | { readonly by: 'bound'; readonly of: readonly string[] }
  /** The published pin, which the mode keeps. */
  | { readonly by: 'kept' }
  /** It has a solution, which the resolver did not choose. */
  | { readonly by: 'choice' }
  | { readonly by: 'unknown' };

export const heldText = ({ name, version, newest, cause }: HeldPin): string =>
  `${name} is held at ${version}: ${causeText(name, newest, cause)}`;

/** What somebody can do about it without loosening a bound: these are warnings. */
export const isAvoidable = ({ cause: { by } }: HeldPin): boolean =>
  by === 'wheel' || by === 'platform' || by === 'patch';

const causeText = (name: string, newest: string, cause: HeldCause): string => {
  switch (cause.by) {
    case 'wheel': {
      const others = cause.packages.filter((each) => each !== name);
      if (others.length === 0) return `${newest} has no usable wheel, and "allowSdist" does not name it`;
      const have = others.length === 1 ? 'has' : 'have';
      return `${newest} needs ${others.join(', ')}, which ${have} no wheel, and "allowSdist" does not name ${others.length === 1 ? 'it' : 'them'}`;
    }
    case 'platform':
      return cause.package === name
        ? `the wheels of ${newest} need ${cause.needs}`
        : `${newest} needs ${cause.package}, whose wheels need ${cause.needs}`;
    case 'patch':
      return `${newest} requires Python ${cause.requires}: write "${cause.patch}" into "pythons"`;
    case 'python':
      return `${newest} requires Python ${cause.requires}`;
    case 'bound':
      return `${newest} is ruled out by ${cause.of.join(', ')}`;
    case 'kept':
      return `"keepPins" keeps it from ${newest}`;
    case 'choice':
      return `${newest} has a solution, which the resolver did not choose`;
    case 'unknown':
      return `${newest} has no solution; ask "why" for more`;
  }
};
