/** What the doctor found, as a terminal shows it: one table, each row with what mends it. */
import { redact } from '@nx-ci-cache/process';
import { terminalTable } from './terminal-table';

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

const columns = [17, 10, 73];

/** Below a finding stands what mends it, on lines of its own so that it can be copied. */
export const doctorTerminal = (findings: readonly Examined[]): string =>
  redact(
    [['what', 'result', 'found'], ...findings.map(({ check, verdict, says }) => [check, marks[verdict], says])]
      .map((cells, at) => [terminalTable(columns, [cells]), ...mendLines(findings[at - 1])].join('\n'))
      .join('\n'),
  );

const mendLines = ({ mend = '' }: Pick<Finding, 'mend'> = {}): string[] =>
  mend === '' ? [] : mend.split('\n').map((line, at) => `${at === 0 ? '  → ' : '    '}${line}`);
