/** Why something is not as it should be: a kind for programs, words for people. */

/** What a leg is made from differs from what its recorded build was made from. */
export type ChangeKind =
  'recipe' | 'source' | 'dockerfile' | 'constraints' | 'base' | 'argument' | 'platform' | 'target' | 'output';

/** What we recorded is not what stands on the branch or in the registry now: somebody else was at it, or it was cleaned up. */
export type DriftKind =
  'foreign-tip' | 'foreign-leg-tag' | 'image-gone' | 'cache-gone' | 'cache-moved' | 'cache-broken';

export type ReasonKind =
  | ChangeKind
  | DriftKind
  /** Nothing is recorded yet. */
  | 'first'
  /** Asked for by `--force`. */
  | 'forced'
  /** The steps are older than `maxAge`. */
  | 'age'
  /** The recorded build left less than it is to leave. */
  | 'incomplete'
  /** A preview without an account could not look. */
  | 'unseen'
  /** A leg of the image is stale. */
  | 'leg'
  /** A tag does not exist yet, or holds another image than these legs. */
  | 'tag';

export interface Reason {
  readonly kind: ReasonKind;
  readonly text: string;
}

const drifts: ReadonlySet<ReasonKind> = new Set<DriftKind>([
  'foreign-tip',
  'foreign-leg-tag',
  'image-gone',
  'cache-gone',
  'cache-moved',
  'cache-broken',
]);

export const isDrift = ({ kind }: Reason): boolean => drifts.has(kind);

export const inWords = (reasons: readonly Reason[]): string[] => reasons.map(({ text }) => text);
