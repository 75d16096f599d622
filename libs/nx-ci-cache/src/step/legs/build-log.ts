/** The log of a leg's build for whoever reads the page of a CI: it is gone with the machine, and the page stays. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { legName, type Leg } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { hasLogGroups, type LogGroup } from '../context/log-group';

/** Bytes: it is part of what Nx keeps of the task. */
const most = 256 * 1024;

/** Says the log, the end of it where it is long. Called when the build has ended. */
export const sayBuildLog = (
  leg: Leg,
  build: string | null,
  { paths, at, environment, sayFolded }: Pick<StepContext, 'paths' | 'at' | 'environment' | 'sayFolded'>,
): void => {
  if (!hasLogGroups(environment)) return;
  const path = paths.legLog(leg);
  const end = endOf(at(path));
  if (end === undefined) return;
  const { text, isWhole } = end;
  const before = isWhole ? [] : [`… what comes before is in ${path}`];
  const group: LogGroup = {
    title: `${legName(leg)}: the log of build ${(build ?? '').slice(0, 8)}`,
    text: [...before, text].join('\n'),
  };
  sayFolded(group);
};

/** Undefined when somebody took the file away: what became of the build does not hang on it. */
const endOf = (file: string): { readonly text: string; readonly isWhole: boolean } | undefined => {
  if (!existsSync(file)) return undefined;
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, most));
    const read = readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const text = buffer.subarray(0, read).toString('utf8');
    const isWhole = size <= most;
    return { text: isWhole ? text : text.slice(text.indexOf('\n') + 1), isWhole };
  } finally {
    closeSync(descriptor);
  }
};
