/** The border between Nx and a step: opens the context, turns errors into one clear message and an exit code. */
import type { ExecutorContext } from '@nx/devkit';
import { harmlessText, messageOf } from '@nx-ci-cache/process';
import { openContext, type StepContext } from './context';

/** Does one step of the chain. Returns what it recorded; throws when the step fails. */
export type Step<Options, Result = unknown> = (options: Options, context: StepContext) => Promise<Result>;

export const asExecutor =
  <Options>(step: Step<Options>) =>
  async (options: Options, context: ExecutorContext): Promise<{ success: boolean }> => {
    // Ending through `exit` lets every started process group be killed; the default would leave them running.
    process.once('SIGTERM', () => process.exit(143));
    try {
      await step(options, await openContext(context));
      return { success: true };
    } catch (error) {
      process.stderr.write(`\n${harmlessText(messageOf(error))}\n`);
      return { success: false };
    }
  };
