/** Markdown for people: the same text in the terminal, in a CI summary and, converted, on the HTML page. */
import { markdownTable } from 'markdown-table';
import type { ChangesRecord, FileChanges } from './records';
import type { RefreshReport, StepStatus } from './refresh-report';

const marks: Readonly<Record<StepStatus, string>> = {
  done: 'changed',
  unchanged: 'same',
  previewed: 'preview',
  failed: 'FAILED',
  skipped: 'skipped',
};

export const refreshMarkdown = (report: RefreshReport): string =>
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

export const changesMarkdown = ({ files, result, error }: ChangesRecord): string =>
  result === 'failed' ? `Comparison failed: ${escape(error ?? '')}\n` : changeSections(files).join('\n');

const changeSections = (files: readonly FileChanges[]): string[] =>
  files.flatMap(({ file, published, unchanged, changes }) => {
    const summary = published ? `${changes.length} changed, ${unchanged} unchanged` : `new, ${changes.length} pins`;
    const rows = published ? changes.map(({ name, kind, from = '', to = '' }) => [name, kind, from, to]) : [];
    return [
      `### ${file}: ${summary}`,
      '',
      ...(rows.length === 0 ? [] : [table(['package', 'kind', 'from', 'to'], rows), '']),
    ];
  });

const failures = ({ lines }: RefreshReport): string[] =>
  lines
    .filter(({ status }) => status === 'failed')
    .flatMap(({ step, text }) => [
      `### ${step} failed`,
      '',
      ...text.split('\n').map((line) => `    ${escape(line)}`),
      '',
    ]);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable([head, ...rows].map((row) => row.map(escape)));

const firstLines = (text: string): string => text.split('\n').slice(0, 2).join(' ').slice(0, 400);

/** Names and messages come from servers and files: they may hold markup, control sequences and CI commands. */
const escape = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('::', ':\u200b:');
