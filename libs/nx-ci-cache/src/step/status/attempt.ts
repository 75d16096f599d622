/** A look at one part: what keeps it from being looked at is told beside the rest, and stops none of it. */
import { CiCacheError, harmless, messageOf, redact } from '@nx-ci-cache/process';
import type { Trouble } from '@nx-ci-cache/report';

export interface Looked<Value> {
  /** Absent when it could not be looked at. */
  readonly value?: Value;
  readonly troubles: readonly Trouble[];
}

export const attempt = async <Value>(what: string, look: () => Promise<Value>): Promise<Looked<Value>> => {
  try {
    return { value: await look(), troubles: [] };
  } catch (error) {
    return { troubles: [troubleOf(what, error)] };
  }
};

export const troubleOf = (what: string, error: unknown): Trouble => {
  const clean = (text: string) => harmless(redact(text)).trim();
  return error instanceof CiCacheError
    ? { what, says: clean(error.message), mend: clean(error.remedy) }
    : { what, says: clean(messageOf(error)) };
};

/** Legs of one registry that is down say the same: told once, with how many. */
export const foldedTroubles = (troubles: readonly Trouble[]): readonly Trouble[] => {
  const told = new Map<string, Trouble[]>();
  for (const trouble of troubles) {
    const key = JSON.stringify([trouble.says, trouble.mend]);
    told.set(key, [...(told.get(key) ?? []), trouble]);
  }
  return [...told.values()].map(([first, ...others]) => {
    const { what, ...rest } = first as Trouble;
    return { what: [what, ...others.map((each) => each.what)].join(', '), ...rest };
  });
};
