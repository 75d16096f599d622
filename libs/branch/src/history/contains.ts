/** Whether a branch holds one of our commits, as its tip or below it: others may push between our push and our second look. */
import { fetchHistoryArgs, isAncestor, withRepository, type RemoteAccess, type Repository } from '@nx-ci-cache/git';

/** The first of `ours` that `tip` holds. @throws CiCacheError `CommandFailed` when the remote cannot say. */
export const heldCommit = async (
  { folder }: Repository,
  access: RemoteAccess,
  tip: string | null,
  ours: readonly string[],
): Promise<string | undefined> => {
  if (tip === null || ours.length === 0) return undefined;
  if (ours.includes(tip)) return tip;
  // A repository of its own: commits that come without their trees would be taken for complete by a later fetch.
  return withRepository({ ...access, borrowFrom: folder }, async ({ git, ask }) => {
    // With our commits as refs the server sends only what came after them.
    for (const commit of ours) await git(['update-ref', `refs/seen/${commit}`, commit]);
    await ask(fetchHistoryArgs([tip], undefined));
    for (const commit of ours) if (await isAncestor(git, commit, tip)) return commit;
    return undefined;
  });
};
