/** Markdown for a CI's summary: the outcome, a row per step or group of equal ones, what failed, and what changed. */
import { redact } from '@nx-ci-cache/process';
import { changeSections } from './changes-markdown';
import { fitted } from './cut';
import { foldedRows, rowCached, rowName, rowSeconds, type Row } from './fold';
import { codeBlock, inline } from './inline';
import type { RefreshReport } from './refresh-report';
import { statusWords } from './status-words';
import { table } from './table';
import { headline, nextSteps, pinsChanged, withShortDigests } from './words';

/** @param details the file that has all of it where a CI's summary would not hold it, relative to the workspace. */
export const refreshMarkdown = (report: RefreshReport, details: string): string =>
  fitted(redact(rendered(report)), redact(ending(report)), details);

const ending = (report: RefreshReport): string => {
  const steps = nextSteps(report);
  return ['', ...(steps.length === 0 ? ['Nothing is left to do.'] : steps.map(inline)), ''].join('\n');
};

const rendered = (report: RefreshReport): string =>
  [
    `# ${inline(headline(report))}`,
    '',
    table(
      ['', ''],
      [
        ['source commit', report.sourceCommit ?? 'unknown'],
        ['constraints branch', report.branch ?? 'unknown'],
        ['cut-off', report.cutoff ?? 'unknown'],
        ...(report.preview === undefined ? [] : [['preview, nothing was changed', report.preview]]),
        ...[pinsChanged(report) ?? []].flat().map((text) => ['pins', text]),
      ],
    ),
    '',
    table(['step', 'result', 'seconds', 'cached', 'what happened'], foldedRows(report.steps).map(rowCells)),
    '',
    ...failures(report),
    ...drift(report),
    ...changeSections(report.changes.files),
  ].join('\n');

const rowCells = (row: Row): string[] => {
  const cached = rowCached(row);
  return [
    ...[rowName(row), statusWords[row.status], rowSeconds(row)?.toFixed(1) ?? ''],
    ...[cached === undefined ? '' : `${cached.cached}/${cached.total}`, firstLines(row.text)],
  ];
};

const failures = ({ steps }: RefreshReport): string[] =>
  steps
    .filter(({ status }) => status === 'failed')
    .flatMap(({ step, text }) => [`### ${inline(step)} failed`, '', ...codeBlock(text), '']);

const drift = (report: RefreshReport): string[] =>
  report.drift.length === 0
    ? []
    : [
        '### What others did since it was recorded',
        '',
        table(
          ['step', 'what'],
          report.drift.map(({ step, text }) => [step, text]),
        ),
        '',
      ];

const firstLines = (text: string): string => withShortDigests(text.split('\n').slice(0, 2).join(' ')).slice(0, 400);
