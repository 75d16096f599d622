/**
 * The border between Nx and a step: opens the context, does the parts that no other task of the run does, turns errors into
 * one clear message and an exit code.
 */
import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { endWithRun, flushed, harmlessText, messageOf, writeJson } from '@nx-ci-cache/process';
import { recordPaths } from '@nx-ci-cache/records';
import type { StepDefinition } from '../../chain/definition';
import { attemptEach, throwAll } from '../each-part';
import { hasCoordinates, partsNamed } from '../part';
import { failureOf, type Step } from '../recorded';
import { openContext, projectRootOf, type StepContext } from './context';
import { isLeftToUs } from './own-tasks';

interface Ways<Part extends object> {
  /** How many parts at a time. Default: 1. */
  readonly atOnce?: number;
  /** What a target without coordinates does. Default: every part, one like the other. */
  readonly whole?: Whole<Part>;
}

/** @param parts those no other task of the run does. */
export type Whole<Part extends object> = (parts: readonly Part[], context: StepContext) => Promise<void>;

export const asExecutor =
  <Part extends object, Record>(step: Step<Part, Record>, { atOnce = 1, whole }: Ways<Part> = {}) =>
  async (options: object, context: ExecutorContext): Promise<{ success: boolean }> => {
    const { definition } = step;
    return succeeds(async () => {
      const opened = await opening(definition, context);
      const parts = partsNamed(definition, options, opened.config);
      const ours = parts.filter((part) => isLeftToUs(definition, part, opened));
      if (whole !== undefined && !hasCoordinates(options)) await whole(ours, opened);
      else await allOf(ours, atOnce, step, opened);
    });
  };

/** What Nx is told; the error is told to people. */
export const succeeds = async (work: () => Promise<void>): Promise<{ success: boolean }> => {
  endWithRun();
  try {
    await work();
    return { success: true };
  } catch (error) {
    process.stderr.write(`\n${harmlessText(messageOf(error))}\n`);
    return { success: false };
  } finally {
    await flushed();
  }
};

const allOf = async <Part extends object, Record>(
  parts: readonly Part[],
  atOnce: number,
  step: Step<Part, Record>,
  context: StepContext,
): Promise<void> => {
  const { errors } = await attemptEach(parts, atOnce, (part) => step(part, context));
  throwAll(errors, `parts of ${step.definition.name}`);
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
