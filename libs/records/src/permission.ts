/** What a run may write outside its checkout: decided in one place, and demanded by type from everything that writes. */
import type { PushResult } from './push';

/** Kinds of act, each on its own part of the outside world. */
export type Act =
  /** The constraints branch and its tags. */
  | 'constraints'
  /** Images by digest, leg tags and cache refs. */
  | 'legs'
  /** Tags of an image that stay with their commit. */
  | 'fixedTags'
  /** The tag of an image that follows the branch. */
  | 'movingTag'
  /** What the configuration needs no more: gone for good. */
  | 'removal';

/** Proof that one kind of act was allowed. Nothing but `permissionOf` makes one, so nothing can forget to ask. */
class Granted<Kind extends Act> {
  // Private, so that no other value has this type.
  readonly #kind: Kind;
  constructor(kind: Kind) {
    this.#kind = kind;
  }
  get act(): Kind {
    return this.#kind;
  }
}

export type Grant<Kind extends Act> = Granted<Kind>;

/** Why an act was not allowed, in words that end "nothing was written, because …". */
export interface Denial {
  readonly denied: string;
}

export type Permission = { readonly [Kind in Act]: Grant<Kind> | Denial };

/** Of a run that several jobs share, what one of them does: it builds legs, or publishes those that others have recorded. */
export type Job = 'build' | 'publish';

export interface PermissionFacts {
  /** Why nothing may be changed in this run; absent when it may. */
  readonly preview?: string | undefined;
  /** What became of this run's push; absent before it. */
  readonly push?: PushResult | undefined;
  /** Whether a person runs the chain by hand, without gates: then no moving tag moves. Default: false. */
  readonly byHand?: boolean;
  /** Whether the removal of what is not needed any more was asked for, and answered with yes. Default: false. */
  readonly removing?: boolean;
  /** Absent for a run that does all itself. */
  readonly job?: Job | undefined;
}

/** Before the push only constraints may be written; after it images, unless the push left no constraints of this run. */
export const permissionOf = ({ preview, push, byHand = false, removing = false, job }: PermissionFacts): Permission => {
  const constraints = preview ?? (job && 'constraints are pushed by a job of their own');
  const images = preview ?? unpushed(push);
  const legs = images ?? (job === 'publish' ? 'legs are built by jobs of their own' : undefined);
  const tags = images ?? (job === 'build' ? 'images are published by a job of their own' : undefined);
  return {
    constraints: constraints === undefined ? new Granted('constraints') : { denied: constraints },
    legs: legs === undefined ? new Granted('legs') : { denied: legs },
    fixedTags: tags === undefined ? new Granted('fixedTags') : { denied: tags },
    movingTag: tags === undefined && !byHand ? new Granted('movingTag') : { denied: tags ?? refreshedByHand },
    removal: preview === undefined && removing ? new Granted('removal') : { denied: preview ?? refreshing },
  };
};

export const isGranted = <Kind extends Act>(value: Grant<Kind> | object): value is Grant<Kind> =>
  value instanceof Granted;

const refreshing = 'a refresh removes nothing';

const refreshedByHand = 'a refresh by hand moves no moving tag';

const unpushed = (push: PushResult | undefined): string | undefined => {
  switch (push) {
    case 'pushed':
    case 'unchanged':
    case 'already-applied':
    case 'given':
      return undefined;
    case 'superseded':
      return 'a newer run has pushed constraints since';
    case 'previewed':
      return 'the push was a preview';
    case 'refused':
    case 'failed':
      return 'the constraints of this run were not pushed';
    case undefined:
      return 'the constraints are not pushed yet';
  }
};
