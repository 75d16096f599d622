/** The one answer to how a commit of ours stands to others, for push, legs and tags alike; each is asked about once. */
import { checkout, relationOf, type Deadline, type Relation, type RemoteAccess } from '@nx-ci-cache/git';
import { askedOnce } from '@nx-ci-cache/process';
import { remoteUrl } from '../source/remote-url';

/** Whose history is compared, and where it can be fetched. */
export interface OwnCommit {
  readonly commit: string;
  readonly workspaceRoot: string;
  readonly access: RemoteAccess;
}

export type Relate = (theirs: string) => Promise<Relation>;

/** Asks the checkout, the remote of the constraints and the sources' own. */
export const relating = ({ commit, workspaceRoot, access }: OwnCommit): Relate => {
  const known = askedOnce<Relation>();
  const ask = async (theirs: string): Promise<Relation> => {
    const urls = [...new Set([access.url, ...(await originOf(workspaceRoot, access))])];
    return relationOf(
      commit,
      theirs,
      checkout(workspaceRoot, access),
      urls.map((url) => ({ ...access, url })),
    );
  };
  return (theirs) => known(theirs, () => ask(theirs));
};

/** The sources' own remote, when it has a URL we would use: constraints may live in a repository of their own. */
export const originOf = async (workspaceRoot: string, deadline: Deadline): Promise<string[]> => {
  try {
    return [await remoteUrl(workspaceRoot, 'origin', { file: '.git/config', key: 'remote.origin.url' }, deadline)];
  } catch {
    return [];
  }
};
