/** The resolver's words that guards go by: it says them for people, and may say them otherwise in its next release. */

interface Phrase {
  readonly pattern: RegExp;
  /** Releases, `major.minor`, with which `phrases.itg.spec.ts` has seen the resolver say it. */
  readonly provenFor: readonly string[];
}

export const phrases = {
  /** A page that an index refused; among debug lines only. Its status. */
  forbidden: {
    pattern: /^DEBUG Indexes search failed because of status code failure: (.+)$/m,
    provenFor: ['0.13'],
  },
  /** A file without upload time, which is passed over. Its name. */
  undated: {
    pattern: /^warning: `?([^`\s]+)`? is missing an upload date/gm,
    provenFor: ['0.13'],
  },
  /** Package, version, and the extra that this release does not have. */
  missingExtra: {
    pattern: /^warning: The package `?([^`\s]+?)==([^`\s]+)`? does not have an extra named `?([^`\s]+?)`?$/gm,
    provenFor: ['0.13'],
  },
  /** A package that has source distributions only, where none may be built. */
  noWheel: {
    pattern: /^hint: Wheels are required for `?([^`\s]+)`? because building from source is disabled/gm,
    provenFor: ['0.13'],
  },
  /** A package that has wheels only, none of them for the cell. */
  otherWheels: {
    pattern: /^hint: (?:You require .*, but we only found wheels for|Wheels are available for) `?([^`\s]+)`? /gm,
    provenFor: ['0.13'],
  },
} as const satisfies Readonly<Record<string, Phrase>>;

/** Whether every phrase is proven for a resolver as the snapshot names it, e.g. `uv 0.13.9`. */
export const isProven = (resolver: string): boolean => {
  const minor = /^\S+ (\d+\.\d+)\./.exec(resolver)?.[1] ?? '';
  return Object.values(phrases).every(({ provenFor }) => provenFor.some((each) => each === minor));
};

/** What a run says of a resolver nobody has listened to yet; undefined of every other. */
export const unprovenWarning = (resolver: string): string | undefined =>
  isProven(resolver)
    ? undefined
    : `${resolver} is newer than the releases this plugin was tested with: the index is asked by ourselves for what its words may no longer say`;
