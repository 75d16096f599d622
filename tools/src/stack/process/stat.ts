/** Reads /proc/<pid>/stat, whose second field may itself hold spaces and parentheses. */

export interface ProcessStat {
  readonly state: string;
  readonly parent: number;
  /** Clock ticks since boot: with the pid it names one process and never a later one. */
  readonly startTicks: string;
}

export const parseStat = (text: string): ProcessStat | undefined => {
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .trim()
    .split(/\s+/);
  const [state, parent, startTicks] = [fields[0], fields[1], fields[19]];
  return state && parent && startTicks ? { state, parent: Number(parent), startTicks } : undefined;
};
