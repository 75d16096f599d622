/** What steps take from outside (packages, security updates) is in no input: only their age says that it may be out of date. */
import type { LegSpec } from '@nx-ci-cache/config';
import type { Reason } from '@nx-ci-cache/records';
import type { RecordedLeg } from './leg-annotations';

/** Why the steps must run again without cache; empty when they need not. @param now ISO 8601. */
export const ageProblems = (
  { image, maxAgeSeconds }: LegSpec,
  { uncachedAt }: Pick<RecordedLeg, 'uncachedAt'>,
  now: string,
): Reason[] => {
  if (maxAgeSeconds === undefined) return [];
  const limit = `images.${image}.maxAge is ${maxAgeSeconds / 3600} h`;
  if (uncachedAt === undefined)
    return [{ kind: 'age', text: `no record says when all its steps last ran, and ${limit}` }];
  const age = (Date.parse(now) - Date.parse(uncachedAt)) / 1000;
  return age <= maxAgeSeconds ? [] : [{ kind: 'age', text: `all its steps last ran at ${uncachedAt}, and ${limit}` }];
};
