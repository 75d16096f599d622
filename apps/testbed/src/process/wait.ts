/** Bounded polling: waits for a fact about another process, which sends us no event. */
import { setTimeout as pause } from 'node:timers/promises';

/** True as soon as `condition` is; false when it never was within the time. */
export const waitUntil = async (
  condition: () => Promise<boolean>,
  timeoutMs: number,
  everyMs = 40,
): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() >= deadline) return false;
    await pause(everyMs);
  }
};
