/** Whether this run may change anything outside: a closed list of reasons why not. */
import { ciRef } from '@nx-ci-cache/branch';
import type { Switches } from '@nx-ci-cache/config';
import { harmless } from '@nx-ci-cache/process';

export interface Circumstances {
  /** Whether push.branches has a rule for the source branch. */
  readonly ruled: boolean;
  readonly sourceBranch: string | undefined;
  /** The commit the CI names, when another one is checked out. */
  readonly otherCommit: string | undefined;
}

/** Why nothing may be changed by whoever runs us here, whatever the sources are; undefined when it may. */
export const unanswered = (switches: Switches, environment: NodeJS.ProcessEnv): string | undefined => {
  const { ci, pullRequest } = ciRef(environment);
  if (switches.dryRun) return 'a dry run was asked for';
  if (pullRequest) return 'this is a pull request';
  if (!ci && !switches.answer) return 'outside a CI nothing is published without --answer=yes or CI_CACHE_ANSWER=yes';
  return undefined;
};

/** Why nothing may be changed from these sources, whoever says yes; undefined when it may. */
export const unpublishable = ({ ruled, sourceBranch, otherCommit }: Circumstances): string | undefined => {
  if (otherCommit !== undefined) return `the CI is at commit ${harmless(otherCommit)}, but another one is checked out`;
  if (ruled) return undefined;
  const source = sourceBranch === undefined ? 'a detached checkout' : `branch ${harmless(sourceBranch)}`;
  return `no rule of push.branches covers ${source}`;
};
