/** Which branch constraints of a source branch go to: a rule as data, and a name that is safe as a ref and as an argument. */
import { sourceBranch } from '@nx-ci-cache/config';
import type { BranchRule } from '@nx-ci-cache/records';
import { CiCacheError } from '@nx-ci-cache/process';

const allowedName = /^constraints-[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/;
const againstGitRules = /\.\.|\/\/|\/\.|\.lock(\/|$)|[/.]$/;

/**
 * The branch the first matching rule names; `$1` in `to` is the first group of `from`. Undefined when no rule matches.
 * @throws CiCacheError `OptionInvalid` for a rule that names a branch that is not allowed.
 */
export const branchFor = (rules: readonly BranchRule[], source: string): string | undefined => {
  for (const { from, to } of rules) {
    const match = sourceBranch(from).exec(source);
    if (match) return checkBranch(to.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? ''));
  }
  return undefined;
};

/** `branch` itself. @throws CiCacheError `OptionInvalid` when it is no `constraints-…` branch git would take. */
export const checkBranch = (branch: string): string => {
  if (allowedName.test(branch) && !againstGitRules.test(branch)) return branch;
  throw new CiCacheError('OptionInvalid', `push.branches names the branch ${JSON.stringify(branch)}`, {
    remedy:
      'Name a branch constraints-… of letters, digits and . _ / - that is a valid git ref (no "..", "//", "/.", ".lock").',
    data: { branch },
  });
};

export const refOf = (branch: string): string => `refs/heads/${branch}`;
