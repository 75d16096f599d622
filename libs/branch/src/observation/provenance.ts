/** What the branch says about the sources of its files: said by our last commits, which others may have built upon or merged. */
import { join } from 'node:path';
import {
  brokenOff,
  depths,
  fetchHistoryArgs,
  withRepository,
  type RemoteAccess,
  type Repository,
} from '@nx-ci-cache/git';
import { readTextIfPresent } from '@nx-ci-cache/process';
import { namesSources, parseTrailers, sourcesOf, type Source, type Trailers } from '../content/trailers';
import { readMessage } from './commit-files';

export interface Provenance {
  /** Trailers of the commits that name sources and lie below no other such commit: one, or several under a merge. */
  readonly said: readonly Trailers[];
  /** Commits beside or above those that name a source in no form we can use: what they meant nobody knows. */
  readonly unreadable: readonly string[];
  /** Whether the history of the branch is at hand down to them; what nobody read may name a newer source. */
  readonly complete: boolean;
}

/** Sources one file has on the branch, each once; none when nobody said anything of it. */
export const publishedSources = ({ said }: Provenance, file: string): readonly Source[] => {
  const sources = said.flatMap((trailers) => sourcesOf(trailers, file));
  return [...new Map(sources.map((source) => [`${source.commit} ${source.cutoff}`, source])).values()];
};

/** Only a remote that has no whole history itself leaves the answer incomplete. */
export const provenanceOf = async (repository: Repository, access: RemoteAccess, tip: string): Promise<Provenance> => {
  const own = parseTrailers(await readMessage(repository, tip));
  if (namesSources(own)) return { said: [own], unreadable: [], complete: true };
  // A repository of its own: commits that come without their trees would be taken for complete by a later fetch.
  return withRepository(access, async (history) => {
    let found: Provenance = { said: [], unreadable: [], complete: false };
    for (const depth of depths) {
      await history.ask(fetchHistoryArgs([tip], depth));
      found = await search(history, tip);
      if (found.complete) break;
    }
    return found;
  });
};

/** All parents count: the first one of a merge that `git pull` makes is the side of the person who pulled. */
const search = async (history: Repository, tip: string): Promise<Provenance> => {
  const named = new Map<string, Trailers>();
  const notBelow = async (...options: string[]): Promise<string[]> => {
    const excluded = [...named.keys()].map((commit) => `^${commit}`);
    return revisions(history, [...options, tip, ...excluded]);
  };
  const candidates = () => notBelow('--grep=^[[:space:]]*Source-Commit:');
  const nearest = async () => {
    for (const commit of await candidates()) {
      const trailers = parseTrailers(await readMessage(history, commit));
      if (namesSources(trailers)) return { commit, trailers };
    }
    return undefined;
  };
  for (let next = await nearest(); next !== undefined; next = await nearest()) named.set(next.commit, next.trailers);
  const cutOff = new Set(lines((await readTextIfPresent(join(history.folder, 'shallow'))) ?? ''));
  return {
    said: [...named.values()],
    unreadable: await candidates(),
    complete: !(await notBelow()).some((commit) => cutOff.has(commit)),
  };
};

/** None is an answer too, so how many there are is asked beside. */
const revisions = async ({ git }: Repository, range: readonly string[]): Promise<string[]> => {
  const found = lines(await git(['rev-list', '--topo-order', ...range]));
  const count = (await git(['rev-list', '--count', ...range])).trim();
  if (count === String(found.length)) return found;
  throw brokenOff('rev-list', 'the list of commits');
};

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
