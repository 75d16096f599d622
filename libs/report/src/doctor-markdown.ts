/** What the doctor found, as one table: each line with what mends it. */
import { redact } from '@nx-ci-cache/process';
import { table } from './table';

/** `advice` stops no run; `unseen` could not be looked at, because something else must be mended first. */
export type Verdict = 'well' | 'advice' | 'wrong' | 'unseen';

export interface Finding {
  readonly verdict: Verdict;
  readonly says: string;
  /** The command, or the one thing to do. */
  readonly mend?: string;
}

export interface Examined extends Finding {
  /** Name of the check. */
  readonly check: string;
}

const marks: Readonly<Record<Verdict, string>> = {
  well: 'ok',
  advice: 'advice',
  wrong: 'MEND',
  unseen: 'not seen',
};

export const doctorMarkdown = (findings: readonly Examined[]): string =>
  redact(
    table(
      ['what', 'result', 'found', 'what to do'],
      findings.map(({ check, verdict, says, mend = '' }) => [check, marks[verdict], says, mend]),
    ),
  );
