/** The report as a terminal shows it: one table of 100 columns, no markup, and the words of what failed below it. */
import { redact } from '@nx-ci-cache/process';
import { foldedRows, rowCached, rowName, rowSeconds, type Row } from './fold';
import type { RefreshReport } from './refresh-report';
import { statusWords } from './status-words';
import { terminalTable } from './terminal-table';
import { headline, nextSteps, pinsChanged, withShortDigests } from './words';

const columns = [40, 10, 9, 8, 33];

/** @param details where the whole of it is, relative to the workspace. */
export const refreshTerminal = (report: RefreshReport, details: string): string => redact(rendered(report, details));

const rendered = (report: RefreshReport, details: string): string =>
  [
    headline(report),
    ...facts(report),
    '',
    tableOf(foldedRows(report.steps)),
    '',
    ...failures(report),
    ...report.drift.map(({ step, text }) => `Others were at it: ${step}: ${text}`),
    ...[pinsChanged(report) ?? []].flat().map((text) => `Pins: ${text}`),
    ...nextSteps(report).map((text) => `Next: ${text}`),
    `All of it: ${details}`,
  ].join('\n');

const facts = ({ sourceCommit, sourceBranch, branch, cutoff }: RefreshReport): string[] => {
  if (sourceCommit === undefined) return [];
  const source = [sourceCommit.slice(0, 12), ...(sourceBranch === undefined ? [] : ['on', sourceBranch])].join(' ');
  return [`source ${source} → ${branch}, cut-off ${cutoff}`];
};

const tableOf = (rows: readonly Row[]): string =>
  terminalTable(columns, [['step', 'result', 'seconds', 'cached', 'what happened'], ...rows.map(cellsOf)]);

const cellsOf = (row: Row): string[] => {
  const cached = rowCached(row);
  return [
    ...[rowName(row), statusWords[row.status], rowSeconds(row)?.toFixed(1) ?? ''],
    ...[cached === undefined ? '' : `${cached.cached}/${cached.total}`, shortWords(row)],
  ];
};

/** The first line of an error stands in the table; all of it below. */
const shortWords = ({ text, steps: [first] }: Row): string => {
  const replayed = first?.replayed ? ' (restored by Nx)' : '';
  return withShortDigests(text.split('\n')[0] ?? '') + replayed;
};

const failures = ({ steps }: RefreshReport): string[] =>
  steps
    .filter(({ status }) => status === 'failed')
    .flatMap(({ step, text }) => [`${step} failed:`, ...text.split('\n').map((line) => `  ${line}`.trimEnd()), '']);
