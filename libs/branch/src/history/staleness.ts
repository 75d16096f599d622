/** Compares our source with that of each of our files on the branch; equal sources are compared once. */
import type { RemoteAccess } from '@nx-ci-cache/git';
import type { Source } from '../content/trailers';
import { publishedSources, type Provenance } from '../observation/provenance';
import { relating } from './relate';
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
  const { source, workspaceRoot, access } = question;
  const relate = relating({ commit: source.commit, workspaceRoot, access });
  let worst: Staleness = question.names.length === 0 ? { verdict: 'current' } : unreadIn(provenance);
  const all = question.names.flatMap((file) =>
    publishedSources(provenance, file).map((published) => ({ file, published })),
  );
  for (const { file, published } of all) {
    const judged = judgeStale(file, source, published, await relate(published.commit));
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
