/** Markdown for people: the same text in the terminal, in a CI summary and, converted, on the HTML page. */
import { redact } from '@nx-ci-cache/process';
import { changeSections } from './changes-markdown';
import type { RefreshReport } from './refresh-report';
import type { StepStatus } from './report-line';
import { escape, table } from './table';

const marks: Readonly<Record<StepStatus, string>> = {
  done: 'changed',
  unchanged: 'same',
  previewed: 'preview',
  failed: 'FAILED',
  skipped: 'skipped',
};

export const refreshMarkdown = (report: RefreshReport): string => redact(rendered(report));

const rendered = (report: RefreshReport): string =>
  [
    `# Refresh ${report.ok ? 'succeeded' : 'did not succeed'}`,
    '',
    table(
      ['', ''],
      [
        ['source commit', report.sourceCommit ?? 'unknown'],
        ['constraints branch', report.branch ?? 'unknown'],
        ['cut-off', report.cutoff ?? 'unknown'],
        ...(report.preview === undefined ? [] : [['preview, nothing was changed', report.preview]]),
      ],
    ),
    '',
    table(
      ['step', 'result', 'what happened'],
      report.lines.map(({ step, status, text }) => [step, marks[status], firstLines(text)]),
    ),
    '',
    ...failures(report),
    ...changeSections(report.files),
  ].join('\n');

const failures = ({ lines }: RefreshReport): string[] =>
  lines
    .filter(({ status }) => status === 'failed')
    .flatMap(({ step, text }) => [
      `### ${step} failed`,
      '',
      ...text.split('\n').map((line) => `    ${escape(line)}`),
      '',
    ]);

const firstLines = (text: string): string => text.split('\n').slice(0, 2).join(' ').slice(0, 400);
