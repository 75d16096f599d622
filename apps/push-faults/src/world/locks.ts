/** Lock files that a server left behind when it died: git never breaks them, a person has to. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Locks of refs, without which nobody can push; those of objects stop nobody. */
export const refLocks = (remote: string): string[] =>
  (readdirSync(remote, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.lock') && (name.startsWith('refs/') || !name.includes('/')))
    .map((name) => join(remote, name));
