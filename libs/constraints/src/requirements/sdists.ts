/** What of a mode's "allowSdist" holds for one Python: a package that lacks its wheel on one is built on no other. */
import { normaliseName } from '@nx-ci-cache/config';
import type { AllowSdist, CellFacts } from '@nx-ci-cache/records';

type Allowed = CellFacts['allowSdist'];

export const sdistsOn = (allowed: AllowSdist, python: string): Allowed =>
  allowed === 'all'
    ? 'all'
    : allowed.flatMap((entry) => {
        if (typeof entry === 'string') return [entry];
        return entry.pythons.includes(python) ? [entry.name] : [];
      });

/** @param name normalised. */
export const mayBuild = (name: string, allowed: Allowed): boolean =>
  allowed === 'all' || allowed.some((each) => normaliseName(each) === name);
