/** For people who have a constraints branch already: what this configuration would change there, before it does. */
import { defineStep } from './definition';

export interface ImportQuestion {
  /** Branch of the remote. Default: the one a push would go to. */
  readonly branch?: string;
  /** Name of its file for a cell, with {mode}, {python} and {platform}. Default: the cell's own. */
  readonly file?: string;
}

export const importStep = defineStep<ImportQuestion>({
  name: 'import',
  says: () => 'Shows what would change on a constraints branch people already have',
  after: () => ['generate-constraints'],
  writes: (_part, { paths }) => [paths.import('json'), paths.import('md')],
});
