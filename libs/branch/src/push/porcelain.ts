/** Reads `push --porcelain`: the exit code does not tell why a push failed. */
import { failureKind } from '@nx-ci-cache/git';
import { harmlessLine } from '@nx-ci-cache/process';

/** What the push itself claims. Only the ref on the remote decides what really happened. */
export type PushReport =
  | { readonly kind: 'accepted' }
  /** Someone else was faster: the lease, or the server's own check of the old value, did not hold. */
  | { readonly kind: 'lease-lost'; readonly reason: string }
  /** The server could not take its lock on the ref: another push at work, or a lock left behind. */
  | { readonly kind: 'locked'; readonly reason: string }
  /** A hook, a protection rule or a missing permission. */
  | { readonly kind: 'denied'; readonly reason: string }
  /** No answer, or none we understand. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface PorcelainLine {
  readonly flag: string;
  readonly destination: string;
  readonly summary: string;
}

const refLine = /^(?<flag>[ +\-*!=])\t[^\t:]*:(?<destination>[^\t]*)\t(?<summary>.*)/gm;

export const parsePorcelain = (stdout: string): PorcelainLine[] =>
  Array.from(stdout.matchAll(refLine), ({ groups }) => groups as unknown as PorcelainLine);

/** The claim about `ref` in what a push wrote. */
export const pushReport = (ref: string, { exitCode, stdout, stderr }: Pushed): PushReport => {
  const line = parsePorcelain(stdout).find(({ destination }) => destination === ref);
  const reason = stderr || `git push ended with exit code ${exitCode} and without a word`;
  if (line === undefined) return { kind: failureKind(stderr) === 'denied' ? 'denied' : 'lost', reason };
  if (line.flag === '=') return { kind: 'lost', reason: 'the branch held our commit already' };
  if (line.flag !== '!') return exitCode === 0 ? { kind: 'accepted' } : { kind: 'lost', reason };
  const said = [harmlessLine(line.summary), ...serverLines(stderr)].join('\n');
  return { kind: namesCollide(said) ? 'denied' : rejection(line.summary), reason: said };
};

export interface Pushed {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A branch is a file or a folder on the server and never both; the summary alone may say only that the ref failed. */
const namesCollide = (said: string): boolean => /exists; cannot create|refname conflict/i.test(said);

const rejection = (summary: string): 'lease-lost' | 'locked' | 'denied' | 'lost' => {
  if (
    /stale info|fetch first|non-fast-forward|incorrect old value|reference already exists|but expected [0-9a-f]/i.test(
      summary,
    )
  )
    return 'lease-lost';
  if (/cannot lock ref|failed to (lock|update ref)|unable to create/i.test(summary)) return 'locked';
  if (
    /remote failed to report status|unpacker error|missing necessary objects|unable to migrate|internal/i.test(summary)
  )
    return 'lost';
  return 'denied';
};

const serverLines = (stderr: string): string[] => stderr.split('\n').filter((line) => line.startsWith('remote: '));
