/** Ends a process group when its time is over or nobody wants its answer any more. */
import { endGroup } from './group';

export interface TimeLimit {
  readonly reached: () => 'timeout' | 'cancelled' | undefined;
  readonly stop: () => void;
}

export const timeLimit = (pid: number, timeoutMs: number, signal?: AbortSignal): TimeLimit => {
  let reached: ReturnType<TimeLimit['reached']>;
  const end = (why: typeof reached) => {
    reached ??= why;
    endGroup(pid);
  };
  const onAbort = () => end('cancelled');
  const timer = setTimeout(() => end('timeout'), timeoutMs);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  return {
    reached: () => reached,
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
};
