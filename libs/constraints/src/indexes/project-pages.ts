/** The pages of a project that count: a package comes from the first index that has it, unless the strategy takes from all. */
import type { CellFacts } from '@nx-ci-cache/records';
import { indexesFor } from './facts';
import { readPage, type IndexPage, type PageReader } from './page';

/** Of the first index that has the project, or of all of them under another strategy; or why there is none. */
export const readProject = async (
  name: string,
  facts: CellFacts,
  reader: PageReader,
): Promise<readonly IndexPage[] | string> => {
  const pages: IndexPage[] = [];
  try {
    for (const index of indexesFor(name, facts)) {
      const page = await readPage(index, name, reader);
      if (page.found) pages.push(page);
      if (page.found && facts.indexStrategy === undefined) break;
    }
  } catch (error) {
    return (error as Error).message;
  }
  return pages.length > 0 ? pages : 'no index has the package';
};
