/** The comparison for people: refusals first, then what changed where, then each file. */
import { counted, redact } from '@nx-ci-cache/process';
import {
  type ChangesRecord,
  type Disagreement,
  type FileChanges,
  type MatrixRow,
  type PinChange,
  type Refusal,
  summaryOf,
} from '@nx-ci-cache/records';
import { fitted } from './cut';
import { heldWords, placesOf } from './held';
import { inline } from './inline';
import { table } from './table';
import { yankedWords } from './words';

/** @param details the file that has all of it where a CI's summary would not hold it, relative to the workspace. */
export const changesMarkdown = (record: ChangesRecord, details: string): string =>
  fitted(redact(comparison(record)), `\n${whatToDo[record.result]}\n`, details);

const whatToDo: Readonly<Record<ChangesRecord['result'], string>> = {
  refused: 'What to do: what the first table says of each refusal, then run again.',
  changed: 'What to do: nothing. Once the gates have passed, `push-constraints` publishes these files.',
  unchanged: 'What to do: nothing. These files are published already.',
};

const comparison = (record: ChangesRecord): string =>
  [
    ...refusalSection(record.refusals ?? []),
    ...listSection('Allowed by constraints.guard', record.overrides ?? []),
    ...matrixSection(record.matrix ?? [], record.files),
    ...disagreementSection(record.disagreements ?? []),
    ...listSection(
      'Limits of our own',
      (record.limits ?? []).map(({ mode, bound, reason }) => `${mode}: ${bound}: ${reason}`),
    ),
    ...heldSection(record),
    ...changeSections(record.files),
  ].join('\n');

const heldSection = (record: ChangesRecord): string[] => {
  const rows = [...placesOf(heldWords(record))].map(([text, files]) => [
    text,
    files.map((file) => file.replace(/\.txt$/, '')).join(', '),
  ]);
  if (rows.length === 0) return [];
  return ['### Pins below their newest stable release', '', table(['what holds it', 'files'], rows), ''];
};

/** Of published lines that are no pins; a file with other line ends has as many as lines. */
const shownLines = 20;

/** A table for each file that changed, a line for each that did not. */
export const changeSections = (files: readonly FileChanges[]): string[] =>
  files.flatMap((changes) => {
    const rows = changes.published ? changes.changes.map(changeRow) : [];
    const wrong = (changes.notPins ?? []).slice(0, shownLines).map((line) => [line]);
    return [
      `### ${inline(changes.file)}: ${summaryOf(changes)}`,
      '',
      ...(wrong.length === 0 ? [] : [table(['published, and no pin'], wrong), '']),
      ...(rows.length === 0 ? [] : [...foldedTable(rows), '']),
    ];
  });

/** Rows beyond which a table is folded away: a summary is read from its top. */
const mostShown = 20;

const foldedTable = (rows: readonly (readonly string[])[]): string[] =>
  rows.length <= mostShown
    ? [table(changeHead, rows)]
    : [
        '<details>',
        `<summary>${counted(rows.length, 'change')}</summary>`,
        '',
        table(changeHead, rows),
        '',
        '</details>',
      ];

const changeHead = ['package', 'kind', 'from', 'to', 'uploaded', 'age at the cut-off', 'required by', 'note'];

const changeRow = ({
  name,
  kind,
  from = '',
  to = '',
  release = {},
  requiredBy = [],
  withdrawn,
}: PinChange): string[] => [
  name,
  kind,
  from,
  to,
  release.uploaded?.slice(0, 10) ?? '',
  release.ageDays === undefined ? '' : counted(release.ageDays, 'day'),
  requiredBy.join(', '),
  [withdrawn ?? '', noteOf(release)].filter((note) => note !== '').join('; '),
];

const noteOf = ({ yanked, unknown }: NonNullable<PinChange['release']>): string => {
  if (unknown !== undefined) return `unknown: ${unknown}`;
  if (yanked === undefined) return '';
  return yankedWords(yanked);
};

const refusalSection = (refusals: readonly Refusal[]): string[] => {
  if (refusals.length === 0) return [];
  const rows = refusals.map(({ file, guard, text, remedy }) => [file, guard, text, remedy]);
  return ['### Refused: nothing of this may be pushed', '', table(['file', 'guard', 'why', 'what to do'], rows), ''];
};

const listSection = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0
    ? []
    : [
        `### ${title}`,
        '',
        table(
          [''],
          lines.map((line) => [line]),
        ),
        '',
      ];

const matrixSection = (rows: readonly MatrixRow[], files: readonly FileChanges[]): string[] => {
  if (rows.length === 0) return [];
  const names = files.map(({ file }) => file);
  const head = ['package', ...names.map((file) => file.replace(/\.txt$/, ''))];
  const cells = rows.map((row) => [row.name, ...names.map((file) => versionsIn(row.files[file]))]);
  return ['### Changed packages over all files', '', table(head, cells), ''];
};

/** `1 → 2`, one version where nothing changed, `+ 2` and `− 1` where the package came and went. */
const versionsIn = ({ from, to }: MatrixRow['files'][string] = {}): string => {
  if (from === to) return to ?? '';
  if (from === undefined) return `+ ${to}`;
  return to === undefined ? `− ${from}` : `${from} → ${to}`;
};

const disagreementSection = (disagreements: readonly Disagreement[]): string[] => {
  if (disagreements.length === 0) return [];
  const modes = [...new Set(disagreements.flatMap(({ versions }) => Object.keys(versions)))];
  const rows = disagreements.map(({ python, name, versions }) => [
    python,
    name,
    ...modes.map((mode) => versions[mode] ?? ''),
  ]);
  return ['### Packages on which modes disagree', '', table(['Python', 'package', ...modes], rows), ''];
};
