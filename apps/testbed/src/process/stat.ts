/** Reads /proc/<pid>/stat, whose second field may itself hold spaces and parentheses. */

export interface ProcessStat {
  readonly state: string;
  readonly parent: number;
  readonly threads: number;
  /** Clock ticks since boot: with the pid it names one process and never a later one. */
  readonly startTicks: string;
}

export const parseStat = (text: string): ProcessStat | undefined => {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .trim()
    .split(/\s+/);
  const [state, parent, threads, startTicks] = [fields[0], fields[1], fields[17], fields[19]];
  return state && parent && threads && startTicks
    ? { state, parent: Number(parent), threads: Number(threads), startTicks }
    : undefined;
};

/** A leader can be a zombie while other threads still hold the process's sockets, locks and files; a zombie alone counts 1. */
export const isGone = ({ state, threads }: ProcessStat): boolean => (state === 'Z' || state === 'X') && threads <= 1;
