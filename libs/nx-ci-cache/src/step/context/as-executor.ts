/** The border between Nx and a step: opens the context, turns errors into one clear message and an exit code. */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { endWithRun, harmlessText, messageOf, writeJson } from '@nx-ci-cache/process';
import { recordPaths } from '@nx-ci-cache/records';
import type { StepDefinition } from '../../chain/definition';
import { partNamed } from '../part';
import { failureOf, type Step } from '../recorded';
import { openContext, projectRootOf, type StepContext } from './context';

export const asExecutor =
  <Part extends object, Record>(step: Step<Part, Record>) =>
  async (options: object, context: ExecutorContext): Promise<{ success: boolean }> => {
    endWithRun();
    try {
      const opened = await opening(step.definition, context);
      await step(partNamed(step.definition, options, opened.config), opened);
      return { success: true };
    } catch (error) {
      process.stderr.write(`\n${harmlessText(messageOf(error))}\n`);
      return { success: false };
    }
  };

/** A first step that is refused before it could begin has failed too: records of an earlier run are none of this one. */
const opening = async <Part extends object>(
  definition: StepDefinition<Part>,
  context: ExecutorContext,
): Promise<StepContext> => {
  try {
    return await openContext(context, definition);
  } catch (error) {
    const path = definition.start?.(recordPaths(projectRootOf(context)));
    if (path !== undefined) await writeJson(join(context.root, path), failureOf(error)).catch(() => undefined);
    throw error;
  }
};
