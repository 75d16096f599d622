/** The checkout: a commit, and the history that tells an older run from a newer one. */
import { checkout, headOf, isShallow } from '@nx-ci-cache/git';
import { advice, well, type Check } from './check';
import type { Machine } from './subject';

export const checkoutCheck: Check<Machine> = {
  name: 'checkout',
  look: async ({ workspaceRoot }) => {
    const git = checkout(workspaceRoot);
    const commit = await headOf(git, workspaceRoot);
    return (await isShallow(git))
      ? advice(
          'a shallow clone: each run fetches the history it needs, and nx affected may not find its base',
          'git fetch --unshallow, or fetch-depth: 0 in CI',
        )
      : well(`commit ${commit.slice(0, 12)}`);
  },
};
