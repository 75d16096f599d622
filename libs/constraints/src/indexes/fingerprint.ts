/** Stands in for the cut-off where an index does not say when files were uploaded: any change of any page is another fact. */
import { CiCacheError, counted, digestOf, mapConcurrently } from '@nx-ci-cache/process';
import type { IndexFact } from '@nx-ci-cache/records';
import { connected, readPage, type PageReader } from './page';
import { projectsOn } from './projects';

const mostProjects = 5000;
const atOnce = 8;

/**
 * Digest over every page of an index.
 * @param asked packages it is asked for alone.
 * @throws CiCacheError `ResolveFailed`: a page cannot be read, or there are too many.
 */
export const indexFingerprint = async (
  index: Pick<IndexFact, 'name' | 'url'>,
  given: PageReader,
  asked?: readonly string[],
): Promise<string> => {
  const reader = connected(given);
  const projects = asked ?? projectsOn(await readPage(index, undefined, reader), index.name);
  if (projects.length > mostProjects) {
    throw new CiCacheError(
      'ResolveFailed',
      `the index ${index.name} has ${counted(projects.length, 'project')} and no upload times`,
      {
        remedy: `A fingerprint covers at most ${mostProjects} projects: serve upload times, or a smaller index.`,
      },
    );
  }
  const pages = await mapConcurrently(projects, atOnce, async (project) => {
    const { body } = await readPage(index, project, reader);
    return [project, digestOf(body)];
  });
  return digestOf(pages);
};
