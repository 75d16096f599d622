/** A host's entry in netrc, as the resolver reads it too. */
import { join } from 'node:path';
import { homedir } from 'node:os';
import { readTextIfPresent } from '@nx-ci-cache/process';

export interface NetrcEntry {
  readonly username: string;
  readonly password: string;
}

/** From $NETRC, else ~/.netrc; undefined when neither names the host. */
export const netrcEntry = async (host: string, environment: NodeJS.ProcessEnv): Promise<NetrcEntry | undefined> => {
  const text = await readTextIfPresent(environment['NETRC'] || join(environment['HOME'] ?? homedir(), '.netrc'));
  return text === undefined ? undefined : entryOf(host, text);
};

/** Words in pairs; an entry ends where the next one starts. */
export const entryOf = (host: string, text: string): NetrcEntry | undefined => {
  const words = text
    .replaceAll(/^\s*#.*$/gm, '')
    .split(/\s+/)
    .filter(Boolean);
  const starts = words.flatMap((word, at) => (word === 'machine' || word === 'default' ? [at] : []));
  for (const [nth, start] of starts.entries()) {
    const own = words.slice(start, starts[nth + 1]);
    if (own[0] !== 'default' && own[1] !== host) continue;
    const after = (key: string) => own[own.indexOf(key, 1) + 1];
    const [username, password] = [after('login'), after('password')];
    if (own.includes('login') && own.includes('password') && username && password) return { username, password };
  }
  return undefined;
};
