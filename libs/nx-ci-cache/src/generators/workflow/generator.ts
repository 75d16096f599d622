/** Writes the pipeline of a CI: gates, refresh and report on its branches, and a look on every proposal. */
import { logger } from '@nx/devkit';
import { asGenerator } from '../as-generator';
import { writeWorkflows } from './write-workflows';

export interface WorkflowOptions {
  readonly ci: readonly string[];
  readonly force?: boolean;
}

export default asGenerator<WorkflowOptions>(async (tree, { ci, force = false }) => {
  const written = await writeWorkflows(tree, { ci, force });
  return () => {
    for (const { file, next } of written) logger.info(`Wrote ${file}.${next === undefined ? '' : `\n  → ${next}`}`);
    logger.info('nx sync keeps the parts in { } equal to the configuration; nx sync:check refuses a stale one.');
  };
});
