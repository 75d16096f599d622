/** The border between Nx and a step: opens the context, turns errors into one clear message and an exit code. */
import type { ExecutorContext } from '@nx/devkit';
import { endWithRun, harmlessText, messageOf } from '@nx-ci-cache/process';
import { openContext, type StepContext } from './context';

/** Does one step of the chain. Returns what it recorded; throws when the step fails. */
export type Step<Options, Result = unknown> = (options: Options, context: StepContext) => Promise<Result>;

export const asExecutor =
  <Options>(step: Step<Options>) =>
  async (options: Options, context: ExecutorContext): Promise<{ success: boolean }> => {
    endWithRun();
    try {
      await step(options, await openContext(context));
      return { success: true };
    } catch (error) {
      process.stderr.write(`\n${harmlessText(messageOf(error))}\n`);
      return { success: false };
    }
  };
