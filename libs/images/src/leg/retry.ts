/** A build whose failure may pass by itself is tried again, as its class says: its node's cache keeps what was done. */
import type { LegSpec } from '@nx-ci-cache/config';
import { CiCacheError, withRetries, type Command } from '@nx-ci-cache/process';
import { retries, type FailureClass } from '../failure/causes';
import { isAway } from '../builder/away';
import { inTurn, type BuildNode } from '../builder/build-node';
import type { Buildx } from '../builder/buildx';
import { executeBuild, type BuildLimits, type Executed, type ExecuteOptions, type LogFile } from './execute';
import { withRoom } from './room';

/** Where a leg is built, and within which limits. */
export interface BuildRun {
  readonly spec: Pick<LegSpec, 'name' | 'platform'>;
  readonly buildx: Buildx;
  /** Name of the builder, which `ensureBuilder` has checked. */
  readonly builder: string;
  /** The node of the leg's platform. */
  readonly node: BuildNode;
  readonly limits?: BuildLimits;
  /** Where all that the build prints is written. Default: nowhere. */
  readonly logFile?: LogFile;
  readonly signal?: AbortSignal;
  readonly emit: (line: string) => void;
}

/** @param onTry told of each try that begins. @throws CiCacheError what the last one threw. */
export const buildWithRetry = (
  run: BuildRun,
  command: Command,
  metadataFile: string,
  onTry: () => void = () => undefined,
): Promise<Executed> => {
  const { spec, buildx, builder, node, limits, logFile, signal, emit } = run;
  const options: Omit<ExecuteOptions, 'command'> = {
    ...{ metadataFile, leg: spec.name, emit },
    isAway: () => isAway(buildx, builder, spec.platform),
    ...(limits === undefined ? {} : { limits }),
    ...(logFile === undefined ? {} : { logFile }),
    ...(signal === undefined ? {} : { signal }),
  };
  const tried = (args: readonly string[]) =>
    withRetries(
      (error) => (error instanceof CiCacheError ? retries[error.data['class'] as FailureClass] : undefined),
      (attempt, again) => {
        if (again !== undefined) emit(`${spec.name}: try ${attempt} of ${again.tries}`);
        // The node builds others while a try waits to be made.
        return inTurn(
          node,
          () => {
            onTry();
            return executeBuild({ ...options, command: { ...command, args } });
          },
          () => emit(`${spec.name}: waits for node ${node.name}`),
        );
      },
      signal,
    );
  return tried(command.args)
    .catch((error: unknown) => {
      if (!(error instanceof CiCacheError) || error.data['cause'] !== 'layer lost') throw error;
      emit(`${spec.name}: the node lost a layer of its cache: built again without it`);
      return tried([...command.args, '--no-cache']);
    })
    .catch(async (error: Error) => {
      throw await withRoom(run, error);
    });
};
