/** Ends what no longer moves: a registry that accepts a connection and never answers would hold a build for ever. */

export interface Watchdog {
  readonly signal: AbortSignal;
  /** Something happened: the wait starts anew. */
  readonly seen: () => void;
  readonly stop: () => void;
  /** Whether it was the watchdog that ended the work. */
  readonly barked: () => boolean;
}

/** Aborts `signal` when `seen` is not called for `quietMs()` milliseconds, asked each time, or when `outer` is aborted. */
export const watchdog = (quietMs: () => number, outer?: AbortSignal): Watchdog => {
  const controller = new AbortController();
  let barked = false;
  const bark = () => {
    barked = true;
    controller.abort();
  };
  let timer = setTimeout(bark, quietMs());
  const forward = () => controller.abort();
  outer?.addEventListener('abort', forward, { once: true });
  if (outer?.aborted) forward();
  return {
    signal: controller.signal,
    seen: () => {
      clearTimeout(timer);
      if (!controller.signal.aborted) timer = setTimeout(bark, quietMs());
    },
    stop: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', forward);
    },
    barked: () => barked,
  };
};
