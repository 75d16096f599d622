/** Markdown for people: the same text in the terminal, in a CI summary and, converted, on the HTML page. */
import { redact } from '@nx-ci-cache/process';
import { changeSections } from './changes-markdown';
import { codeBlock, inline } from './inline';
import type { StepStatus } from './line';
import type { RefreshReport } from './refresh-report';
import { table } from './table';

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
    `# ${titleOf(report)}`,
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

/** A preview that went well refreshed nothing, so it did not succeed in that. */
const titleOf = ({ project, ok, preview }: RefreshReport): string => {
  if (ok && preview !== undefined) return `Preview: nothing was changed (${inline(project)})`;
  return `Refresh of ${inline(project)} ${ok ? 'succeeded' : 'did not succeed'}`;
};

const failures = ({ lines }: RefreshReport): string[] =>
  lines
    .filter(({ status }) => status === 'failed')
    .flatMap(({ step, text }) => [`### ${inline(step)} failed`, '', ...codeBlock(text), '']);

const firstLines = (text: string): string => text.split('\n').slice(0, 2).join(' ').slice(0, 400);
