/** Which constraints branch a source branch stands for; outside the rules, the first plain rule serves for a preview. */
import type { Place } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';
import type { BranchRule } from '@nx-ci-cache/records';
import { branchFor } from '@nx-ci-cache/branch';

export interface TargetBranch {
  /** The `constraints-…` branch. */
  readonly branch: string;
  /** The source branch it is for. */
  readonly source: string;
  /** Whether a rule covers the source branch: only then may anything be published. */
  readonly ruled: boolean;
}

/** @throws CiCacheError `OptionInvalid` when no rule covers the branch and none is plain. */
export const targetBranch = (rules: readonly BranchRule[], source: string | undefined, place: Place): TargetBranch => {
  const branch = source === undefined ? undefined : branchFor(rules, source);
  if (source !== undefined && branch !== undefined) return { branch, source, ruled: true };
  const plain = rules.find(({ from }) => branchFor(rules, from) !== undefined);
  const fallback = plain && branchFor(rules, plain.from);
  if (plain && fallback !== undefined) return { branch: fallback, source: plain.from, ruled: false };
  const here = source === undefined ? 'a detached checkout' : `the branch ${source}`;
  throw new CiCacheError('OptionInvalid', `no rule of ${place.key} in ${place.file} covers ${here}`, {
    remedy: `Add a rule: { "from": "${source ?? 'main'}", "to": "constraints-…" }, or check out a branch that has one.`,
    data: { ...place },
  });
};
