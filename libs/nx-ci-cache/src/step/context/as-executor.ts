/** The border between Nx and a step: opens the context, turns errors into one clear message and an exit code. */
import type { ExecutorContext } from '@nx/devkit';
import { endWithRun, harmlessText, messageOf } from '@nx-ci-cache/process';
import { partNamed } from '../part';
import type { Step } from '../recorded';
import { openContext } from './context';

export const asExecutor =
  <Part extends object, Record>(step: Step<Part, Record>) =>
  async (options: object, context: ExecutorContext): Promise<{ success: boolean }> => {
    endWithRun();
    try {
      const opened = await openContext(context, step.definition);
      await step(partNamed(step.definition, options, opened.config), opened);
      return { success: true };
    } catch (error) {
      process.stderr.write(`\n${harmlessText(messageOf(error))}\n`);
      return { success: false };
    }
  };
