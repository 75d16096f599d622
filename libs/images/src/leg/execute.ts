/** Runs one buildx build to its end and reads back what it did. */
import { join } from 'node:path';
import { CiCacheError, commandFailureOf, readJson, run, type Command } from '@nx-ci-cache/process';
import type { BuildMetadata } from '../builder/metadata';
import { goneRemedy } from '../failure/causes';
import { buildLog } from '../progress/build-log';
import { cacheExportWatch, cacheHung } from './cache-export';
import { buildFailed } from './failure';
import { progressReader, type Progress } from '../progress/progress';
import { progressLines } from '../progress/progress-lines';
import { signsOfLife } from '../progress/signs-of-life';
import { watchdog } from './watchdog';

export interface BuildLimits {
  /** Milliseconds for the whole build. Default: 60 minutes. */
  readonly timeoutMs?: number;
  /** Milliseconds without any progress. Default: 15 minutes. */
  readonly quietMs?: number;
  /** Likewise while only the cache is still written. Default: 5 minutes. */
  readonly cacheQuietMs?: number;
}

export interface LogFile {
  readonly workspaceRoot: string;
  /** Relative to it: errors are recorded, and no record tells of this machine. */
  readonly path: string;
  /** Told when the build has ended, and all of it is there. Default: nobody. */
  readonly onEnd?: () => void;
}

export interface ExecuteOptions {
  readonly command: Command;
  readonly metadataFile: string;
  /** Name for messages. */
  readonly leg: string;
  readonly emit: (line: string) => void;
  /** Where all that it prints is written. Default: nowhere. */
  readonly logFile?: LogFile;
  readonly limits?: BuildLimits;
  /** Asked of a build that fell silent: whether its node has gone. Default: nobody knows. */
  readonly isAway?: () => Promise<boolean>;
  readonly signal?: AbortSignal;
}

export interface Executed {
  readonly metadata: BuildMetadata;
  readonly progress: Progress;
  /** When the node was at it, ISO 8601. */
  readonly startedAt: string;
  readonly endedAt: string;
}

const minute = 60_000;

/** @throws CiCacheError `CommandFailed` with the failing step's output; `data.transient` when a retry is worth it. */
export const executeBuild = async (options: ExecuteOptions): Promise<Executed> => {
  const { command, metadataFile, leg, logFile, limits = {}, isAway = async () => false, signal } = options;
  const { timeoutMs = 60 * minute, quietMs = 15 * minute, cacheQuietMs = 5 * minute } = limits;
  const cacheExport = cacheExportWatch();
  const guard = watchdog(() => (cacheExport.isAlone() ? Math.min(cacheQuietMs, quietMs) : quietMs), signal);
  const life = signsOfLife(leg, options.emit);
  const emit = (line: string) => {
    life.said();
    options.emit(line);
  };
  const log = logFile === undefined ? undefined : buildLog(join(logFile.workspaceRoot, logFile.path));
  const tellLines = progressLines(leg, emit);
  const { read, progress } = progressReader((vertex) => {
    life.onVertex(vertex);
    cacheExport.onVertex(vertex);
    tellLines(vertex);
  }, life.onTransfer);
  const onRawLine = (line: string) => {
    log?.read(line);
    read(line);
    guard.seen();
  };
  const startedAt = new Date().toISOString();
  try {
    await run(command, { timeoutMs, signal: guard.signal, onRawLine });
    const endedAt = new Date().toISOString();
    const metadata = (await readJson<BuildMetadata>(metadataFile)) ?? {};
    return { metadata, progress: progress(), startedAt, endedAt };
  } catch (error) {
    const reason = commandFailureOf(error)?.reason;
    if ((guard.barked() || reason === 'timeout') && cacheExport.isAlone()) throw cacheHung(leg, error);
    if (guard.barked()) throw hung(leg, quietMs, await isAway(), error);
    throw reason === 'exit' ? buildFailed(leg, progress(), logFile?.path) : error;
  } finally {
    log?.close();
    life.stop();
    guard.stop();
    logFile?.onEnd?.();
  }
};

const hung = (leg: string, quietMs: number, away: boolean, cause: unknown) => {
  const message = `the build of ${leg} made no progress for ${quietMs / 1000} s and was ended`;
  if (away)
    return new CiCacheError('BuilderUnfit', `${message}: its node does not answer any more`, {
      ...{ remedy: goneRemedy, cause },
      data: { leg, class: 'node', transient: false },
    });
  return new CiCacheError('CommandFailed', message, {
    remedy: 'Check that the registry answers and the node is not overloaded, then run again.',
    data: { leg, transient: false },
    cause,
  });
};
