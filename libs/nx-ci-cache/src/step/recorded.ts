/** How a step runs: its old record is gone before it acts, the new one is written last, also when it failed. */
import { randomUUID } from 'node:crypto';
import { CiCacheError, harmless, messageOf, readJson, redact, removeFile, writeJson } from '@nx-ci-cache/process';
import { ciRunUrl } from '@nx-ci-cache/branch';
import type { BranchFacts, FailureRecord, Made } from '@nx-ci-cache/records';
import type { StepContext } from './context/context';
import type { StepDefinition } from '../chain/definition';

/** Does one part of a step. Resolves to what it recorded; throws when the step fails. */
export interface Step<Part extends object, Record> {
  (part: Part, context: StepContext): Promise<Record>;
  readonly definition: StepDefinition<Part>;
}

/**
 * @param act does the work; its result is the record.
 * @param refuse throws when the record, which is written by then, is no success.
 */
export const step = <Part extends object, Record>(
  definition: StepDefinition<Part>,
  act: (part: Part, context: StepContext) => Promise<Record>,
  refuse: (record: Record, context: StepContext) => void = () => undefined,
): Step<Part, Record> => {
  const run = async (part: Part, context: StepContext): Promise<Record> => {
    const path = definition.record?.(part, context);
    if (path === undefined) return act(part, context);
    await removeFile(context.at(path));
    const startedAt = new Date().toISOString();
    const record = await recordedFailure({ path, startedAt }, () => act(part, context), context);
    await writeJson(context.at(path), { ...record, made: await madeNow(startedAt, context) }).catch(
      (cause: unknown) => {
        throw unwritten(path, cause);
      },
    );
    refuse(record, context);
    return record;
  };
  return Object.assign(run, { definition });
};

/** A failure that cannot be recorded either leaves no record, which the report says; the first error is what is thrown. */
const recordedFailure = async <Record>(
  { path, startedAt }: { readonly path: string; readonly startedAt: string },
  act: () => Promise<Record>,
  context: StepContext,
) => {
  try {
    return await act();
  } catch (error) {
    const made = await madeNow(startedAt, context).catch(() => undefined);
    await writeJson(context.at(path), { ...failureOf(error, made?.run), made }).catch(() => undefined);
    throw error;
  }
};

/** The snapshot's own record names the run before there is any other. */
const madeNow = async (startedAt: string, { at, paths, environment }: StepContext): Promise<Made> => {
  const branch = await readJson<BranchFacts>(at(paths.branch));
  const ciRun = ciRunUrl(environment);
  return {
    ...(branch === undefined ? {} : { run: branch.run }),
    ...(ciRun === undefined ? {} : { ciRun }),
    ...{ startedAt, endedAt: new Date().toISOString() },
  };
};

/** @param run absent when it failed before there was one. */
export const failureOf = (error: unknown, run: string = randomUUID()): FailureRecord => ({
  run,
  result: isRefusal(error) ? 'refused' : 'failed',
  error: harmless(redact(messageOf(error))),
});

/** It was said no before anything was done; of every other error nobody knows what it left. */
const isRefusal = (error: unknown): boolean =>
  error instanceof CiCacheError && ['PushRefused', 'OptionInvalid'].includes(error.code);

const unwritten = (path: string, cause: unknown) =>
  new CiCacheError('CommandFailed', `the step succeeded, but ${path} could not be written: ${messageOf(cause)}`, {
    remedy: 'Make room and run again: what was done will be found and kept.',
    cause,
  });
