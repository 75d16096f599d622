/** The time for deadlines: a clock that is set while we work must neither end a push early nor let it run for hours. */

/** Milliseconds since the epoch as they were when this process started, plus what has passed since then. */
export const steadyNow = (): number => performance.timeOrigin + performance.now();
