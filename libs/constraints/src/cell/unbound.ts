/** Packages of `sources` that came from another index: the resolver binds only what the mode itself requires. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';
import { sourcedRequirements } from '../inputs/sources';
import { parseRequirement } from '../requirements/requirement';

/** @throws CiCacheError `ResolveFailed` naming each that others alone require. */
export const refuseUnbound = (facts: CellFacts, found: Pins): void => {
  const bound = sourcedRequirements(facts).map((each) => parseRequirement(each)?.name);
  const unbound = Object.keys(facts.sources ?? {}).filter((name) => found.has(name) && !bound.includes(name));
  if (unbound.length === 0) return;
  const { mode, python } = facts;
  throw new CiCacheError(
    'ResolveFailed',
    `${mode} on Python ${python}: "sources" names an index for ${unbound.join(', ')}, which other packages alone require`,
    {
      remedy: `Require ${unbound.join(', ')} in the mode itself, e.g. by { "inline": ${JSON.stringify(unbound)} }.`,
      data: { mode, python, unbound },
    },
  );
};
