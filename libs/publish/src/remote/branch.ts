/** Which branch constraints of a source branch go to: a rule as data, and a name that is safe as a ref and as an argument. */
import type { BranchRule } from '@nx-ci-cache/config';
import { CiCacheError } from '@nx-ci-cache/process';

const allowedName = /^constraints-[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/;
const againstGitRules = /\.\.|\/\/|\/\.|\.lock(\/|$)|[/.]$/;

/**
 * The branch the first matching rule names; `$1` in `to` is the first group of `from`. Undefined when no rule matches.
 * @throws CiCacheError `OptionInvalid` for a rule that is no regular expression or names a branch that is not allowed.
 */
export const branchFor = (rules: readonly BranchRule[], sourceBranch: string): string | undefined => {
  for (const [at, { from, to }] of rules.entries()) {
    const match = wholeName(from, at).exec(sourceBranch);
    if (match) return checkBranch(to.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? ''));
  }
  return undefined;
};

/** `branch` itself. @throws CiCacheError `OptionInvalid` when it is no `constraints-…` branch git would take. */
export const checkBranch = (branch: string): string => {
  if (allowedName.test(branch) && !againstGitRules.test(branch)) return branch;
  throw new CiCacheError('OptionInvalid', `push.branches names the branch ${JSON.stringify(branch)}`, {
    remedy: `Name a branch of the form ${allowedName.source} that is a valid git ref (no "..", "//", "/.", ".lock").`,
    data: { branch },
  });
};

export const refOf = (branch: string): string => `refs/heads/${branch}`;

const wholeName = (from: string, at: number): RegExp => {
  try {
    return new RegExp(`^(?:${from})$`);
  } catch (cause) {
    throw new CiCacheError('OptionInvalid', `push.branches[${at}].from = ${JSON.stringify(from)}`, {
      remedy: 'Write a branch name or a regular expression for the whole name.',
      cause,
    });
  }
};
