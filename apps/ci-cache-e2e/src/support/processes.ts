/** What a run of nx consists of while it goes on, and what of it is left afterwards. */
import { readdirSync, readFileSync } from 'node:fs';

/** Field 4 of its `stat`, after the name, which may hold anything; undefined when it has ended. */
const parentOf = (pid: number): { readonly state: string; readonly parent: number } | undefined => {
  try {
    const [state = '', parent = ''] = (readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1) ?? '').split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
};

const all = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

export const isRunning = (pid: number): boolean => !['Z', undefined].includes(parentOf(pid)?.state);

/** `root` and everything under it; also what gives its environment away to nobody, such as a guardian. */
export const treeOf = (root: number): number[] => {
  const parents = all().map((pid) => [pid, parentOf(pid)?.parent] as const);
  const under = (above: number): number[] => [
    above,
    ...parents.filter(([, parent]) => parent === above).flatMap(([pid]) => under(pid)),
  ];
  return under(root);
};

/** Processes with exactly this command line, in whatever container they run. */
export const processesRunning = (...argv: readonly string[]): number[] =>
  all().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1') === `${argv.join('\0')}\0`;
    } catch {
      return false;
    }
  });

/** Asks until the answer is yes. @throws when it still is not after two minutes, which only end what hangs. */
export const until = async (what: string, isSo: () => boolean): Promise<void> => {
  const end = Date.now() + 120_000;
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`in vain awaited: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
