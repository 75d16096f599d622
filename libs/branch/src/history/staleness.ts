/** Compares our source with that of each of our files on the branch; equal sources are compared once. */
import { checkout, relationOf, type Deadline, type Relation, type RemoteAccess } from '@nx-ci-cache/git';
import type { Source } from '../content/trailers';
import { publishedSources, type Provenance } from '../observation/provenance';
import { remoteUrl } from '../source/remote-url';
import { judgeStale, unreadableSource, unreadHistory, type Staleness } from './stale';

/** Whose history is compared, and where it can be fetched. */
export interface StalenessQuestion {
  /** Names of the files this run writes or removes. */
  readonly names: readonly string[];
  readonly source: Source;
  readonly workspaceRoot: string;
  readonly access: RemoteAccess;
}

/** The worst verdict over all files and sources: one file of a newer run makes the whole run superseded. */
export const staleness = async (question: StalenessQuestion, provenance: Provenance): Promise<Staleness> => {
  const relations = new Map<string, Relation>();
  let worst: Staleness = question.names.length === 0 ? { verdict: 'current' } : unreadIn(provenance);
  const all = question.names.flatMap((file) =>
    publishedSources(provenance, file).map((published) => ({ file, published })),
  );
  for (const { file, published } of all) {
    const relation = relations.get(published.commit) ?? (await relate(question, published.commit));
    relations.set(published.commit, relation);
    const judged = judgeStale(file, question.source, published, relation);
    if (judged.verdict === 'superseded') return judged;
    if (worst.verdict === 'current') worst = judged;
  }
  return worst;
};

/** What of the branch nobody could read may have come from a newer run. */
const unreadIn = ({ complete, unreadable: [commit] }: Provenance): Staleness => {
  if (commit !== undefined) return unreadableSource(commit);
  return complete ? { verdict: 'current' } : unreadHistory;
};

const relate = async ({ source, workspaceRoot, access }: StalenessQuestion, theirs: string): Promise<Relation> => {
  const urls = [...new Set([access.url, ...(await originOf(workspaceRoot, access))])];
  return relationOf(
    source.commit,
    theirs,
    checkout(workspaceRoot, access),
    urls.map((url) => ({ ...access, url })),
  );
};

/** The sources' own remote, when it has a URL we would use: constraints may live in a repository of their own. */
const originOf = async (workspaceRoot: string, deadline: Deadline): Promise<string[]> => {
  try {
    return [await remoteUrl(workspaceRoot, 'origin', { file: '.git/config', key: 'remote.origin.url' }, deadline)];
  } catch {
    return [];
  }
};
