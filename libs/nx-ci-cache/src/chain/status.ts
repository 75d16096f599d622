/** What branch, index, caches and images hold now; a question of a person or a dashboard, which changes nothing. */
import { defineStep } from './definition';

export interface StatusQuestion {
  /** One line of JSON in the place of words, or the file of the workspace that it is written to. */
  readonly json?: boolean | string;
  /** File of the workspace to write OpenMetrics to. */
  readonly metrics?: string;
  /** File of the workspace to write a badge to. */
  readonly badge?: string;
  /** What fails the target. Default: trouble. */
  readonly failOn?: 'trouble' | 'changes';
}

export const statusStep = defineStep<StatusQuestion>({
  name: 'status',
  says: () => 'Says what branch, index, caches and images hold now, and what a refresh would do',
  configuration: 'file',
});
