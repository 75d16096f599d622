/** `prune.json`: what registries hold that the configuration needs no more, and what became of it. */

/** `cache`, `leg`, `commit`: a tag. `manifest`: what only such tags named. */
export type LeftoverKind = 'cache' | 'leg' | 'commit' | 'manifest';

export interface Leftover {
  readonly kind: LeftoverKind;
  /** `host/repository`. */
  readonly repository: string;
  /** Absent of a manifest. */
  readonly tag?: string;
  readonly digest: string;
  /** In words. */
  readonly why: string;
}

/**
 * `listed`: nothing was to be removed. `gone`: somebody else did it. `moved`: the tag holds something else since, and stays.
 * `needed`: something that stays needs it. `not offered`: its registry removes no such thing.
 */
export type LeftoverFate = 'listed' | 'removed' | 'gone' | 'moved' | 'needed' | 'not offered';

export interface PrunedLeftover extends Leftover {
  readonly fate: LeftoverFate;
}

export interface PruneRecord {
  readonly result: 'pruned' | 'unchanged' | 'previewed' | 'refused';
  /** Commit whose configuration says what is needed. */
  readonly sourceCommit: string;
  readonly leftovers: readonly PrunedLeftover[];
  /** What may be left over and is not touched, because nothing proves that it is ours: in words. */
  readonly doubts: readonly string[];
  /** Why nothing was removed; absent when it was, or when there was nothing. */
  readonly denied?: string;
}
