/** What the branch says about the sources of its files: said by our last commit, which others may have built upon. */
import { parseTrailers, type Trailers } from '../content/trailers';
import { fetchHistoryArgs } from '../git/argv';
import { withRepository, type RemoteAccess, type Repository } from '../git/repository';
import { readMessage } from './commit-files';

/** So many commits of others in a row are looked through; beyond, the branch counts as not ours. */
const furthest = 200;

/** Trailers of `tip`, or of the nearest commit below it that names its sources; none when there is no such commit. */
export const provenanceOf = async (repository: Repository, access: RemoteAccess, tip: string): Promise<Trailers> => {
  const own = parseTrailers(await readMessage(repository, tip));
  if (namesSources(own)) return own;
  // A repository of its own: commits that come without their trees would be taken for complete by a later fetch.
  return withRepository(access, async (history) => {
    await history.ask(fetchHistoryArgs([tip], furthest));
    const below = await history.git(['rev-list', '--first-parent', `--max-count=${furthest}`, tip]);
    for (const commit of below.trim().split('\n')) {
      const trailers = parseTrailers(await readMessage(history, commit));
      if (namesSources(trailers)) return trailers;
    }
    return {};
  });
};

const namesSources = (trailers: Trailers): boolean => trailers['Source-Commit'] !== undefined;
