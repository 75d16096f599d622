/** All that a build prints, in a file that people can read: each line with its step, secrets removed. Nothing of it is held. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { credentialsIn, redact } from '@nx-ci-cache/process';
import { parseEvent, type Vertex } from './progress';

export interface BuildLog {
  /** Takes a line as buildx printed it. */
  readonly read: (line: string) => void;
  readonly close: () => void;
}

const batch = 64 * 1024;

/** Also the lines of a secret that has several: here each begins with the number of its step. */
const secretsNow = (): string[] =>
  credentialsIn().flatMap((secret) => [secret, ...secret.split(/\r?\n/).filter((line) => line.length >= 8)]);

/** Begins the file anew. @throws what the file system says. */
export const buildLog = (path: string): BuildLog => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w', 0o600);
  const secrets = secretsNow();
  const steps = new Map<string, StepLog>();
  let pending = '';
  const flush = () => {
    if (pending !== '') writeSync(file, redact(pending, secrets));
    pending = '';
  };
  const add = (line: string) => {
    pending += `${line}\n`;
    if (pending.length >= batch) flush();
  };
  const stepOf = ({ digest, name = digest }: Pick<Vertex, 'digest'> & { readonly name?: string }): StepLog => {
    const known = steps.get(digest) ?? stepLog(`#${steps.size + 1}`);
    if (!steps.has(digest)) {
      steps.set(digest, known);
      add(`${known.mark} ${name}`);
    }
    return known;
  };
  return {
    read: (line) => {
      const event = parseEvent(line);
      if (event === undefined) add(line);
      for (const { digest, name, completed, cached, error } of event?.vertexes ?? []) {
        const { mark, rest } = stepOf({ digest, name });
        if (completed === undefined) continue;
        rest().forEach(add);
        add(`${mark} ${error ? `ERROR: ${error}` : cached ? 'CACHED' : 'DONE'}`);
      }
      for (const { vertex, data = '' } of event?.logs ?? []) stepOf({ digest: vertex }).take(data).forEach(add);
    },
    close: () => {
      for (const { rest } of steps.values()) rest().forEach(add);
      flush();
      closeSync(file);
    },
  };
};

type StepLog = ReturnType<typeof stepLog>;

/** Whole lines out of parts in which lines and characters are cut anywhere; a line without an end comes in pieces. */
const stepLog = (mark: string) => {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  const marked = (line: string) => `${mark} ${line}`;
  return {
    mark,
    take: (data: string): string[] => {
      const lines = (begun + decoder.write(Buffer.from(data, 'base64'))).split('\n');
      begun = lines.pop() ?? '';
      if (begun.length >= batch) {
        lines.push(begun);
        begun = '';
      }
      return lines.map(marked);
    },
    rest: (): string[] => {
      const last = begun === '' ? [] : [marked(begun)];
      begun = '';
      return last;
    },
  };
};
