/** Finds the processes of one world or run by their environment, which names its folder and which every child inherits. */
import { readdirSync, readFileSync } from 'node:fs';

export interface Found {
  readonly pid: number;
  readonly command: string;
}

/** Running processes, our own left out; a zombie has no environment and is not found. */
export const processesOf = (folder: string): Found[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`${folder}/`)) return [];
        const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
        return [{ pid: Number(pid), command }];
      } catch {
        // It ended while it was read.
        return [];
      }
    });
