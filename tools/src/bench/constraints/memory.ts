/** Peak memory of resolvers while something else runs them: the kernel's own high-water marks, read until they are gone. */
import { readFileSync, readdirSync } from 'node:fs';

export interface Peak {
  /** Kilobytes of the resolver itself. */
  readonly resolver: number;
  /** Kilobytes of the process that started it: an executor, or whoever ran the command. */
  readonly parent: number;
}

/** Runs `operation`, watching every uv whose environment names `mark`; peaks by command line. */
export const watchMemory = async (
  mark: string,
  operation: () => Promise<unknown>,
): Promise<ReadonlyMap<string, Peak>> => {
  const peaks = new Map<string, Peak>();
  const timer = setInterval(() => look(mark, peaks), 50);
  try {
    await operation();
  } finally {
    clearInterval(timer);
  }
  return peaks;
};

const look = (mark: string, peaks: Map<string, Peak>): void => {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (read(pid, 'comm') !== 'uv\n' || !read(pid, 'environ').includes(mark)) continue;
    const command = read(pid, 'cmdline').replaceAll('\0', ' ');
    if (!command.includes(' pip compile ')) continue;
    const status = read(pid, 'status');
    const found = { resolver: kilobytes(status), parent: kilobytes(read(field(status, 'PPid'), 'status')) };
    const key = `${pid} ${command}`;
    const before = peaks.get(key) ?? { resolver: 0, parent: 0 };
    peaks.set(key, {
      resolver: Math.max(before.resolver, found.resolver),
      parent: Math.max(before.parent, found.parent),
    });
  }
};

const kilobytes = (status: string): number => Number.parseInt(field(status, 'VmHWM') || '0', 10);

const field = (status: string, name: string): string => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '';

/** A process may end between being listed and being read. */
const read = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
