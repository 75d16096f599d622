/** The one maker of configuration errors: file, key, value, allowed form, what to do next. */
import { CiCacheError, redact } from '@nx-ci-cache/process';

/** Where a value was written. */
export interface Place {
  /** Path relative to the workspace. */
  readonly file: string;
  /** Dotted path of the key, e.g. `push.branches[0].to`. */
  readonly key: string;
}

export const invalid = (place: Place, value: unknown, allowed: string, remedy?: string): CiCacheError => {
  const shown = value === undefined ? 'is missing' : `= ${redact(JSON.stringify(value))}`;
  return new CiCacheError('OptionInvalid', `${place.file}: ${place.key} ${shown}\n  allowed: ${allowed}`, {
    remedy: remedy ?? `Correct ${place.key} in ${place.file}.`,
    data: { ...place },
  });
};
