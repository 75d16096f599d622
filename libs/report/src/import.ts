/** What a configuration would change on a branch that people already have, as one table. */
import { counted, redact } from '@nx-ci-cache/process';
import type { ImportedFile, ImportRecord, PinChange } from '@nx-ci-cache/records';
import { changesTable } from './changes-terminal';
import { markdown, plain, type Markup } from './markup';
import { table } from './table';

export const importMarkdown = (record: ImportRecord): string => {
  const { files } = record;
  const names = [...new Set(files.flatMap(({ changes }) => changes.map(({ name }) => name)))].sort();
  const rows = names.map((name) => [name, ...files.map((file) => changeIn(file, name))]);
  const lines = [
    ...sums(record, markdown),
    '',
    ...(rows.length === 0 ? [] : [table(['package', ...files.map(({ cell }) => cell)], rows), '']),
  ];
  return redact(lines.join('\n'));
};

/**
 * A file that many projects share has hundreds of pins that this one does not require: they are counted, and named in the file.
 * @param details where all of it is, relative to the workspace.
 */
export const importTerminal = (record: ImportRecord, details: string): string => {
  const files = record.files.map(({ cell, changes }) => ({
    file: cell,
    changes: changes.filter(({ kind }) => kind !== 'removed'),
  }));
  return redact([...sums(record, plain), ...changesTable(files), '', `All of it: ${details}`].join('\n'));
};

const sums = ({ branch, commit, files }: ImportRecord, markup: Markup): string[] => [
  markup.heading(1, `What this configuration would change on ${markup.inline(branch)} at ${commit.slice(0, 12)}`),
  '',
  ...files.map((file) => `- ${markup.inline(file.cell)}: ${sumOf(file, markup)}`),
];

const changeIn = ({ changes }: ImportedFile, name: string): string => {
  const change = changes.find((each) => each.name === name);
  return change === undefined ? '' : `${change.from ?? 'absent'} → ${change.to ?? 'absent'}`;
};

const sumOf = ({ file, there, changes, passedOver }: ImportedFile, { inline }: Markup): string => {
  if (there === undefined) return `the branch has no ${inline(file)}`;
  const kinds: readonly (readonly [PinChange['kind'], string])[] = [
    ['upgraded', 'up'],
    ['downgraded', 'down'],
    ['added', 'new'],
    ['removed', 'gone'],
  ];
  const counts = kinds.map(([kind, word]) => [changes.filter((each) => each.kind === kind).length, word] as const);
  const same = there - changes.filter(({ from }) => from !== undefined).length;
  return [
    `${same} of ${counted(there, 'pin')} of ${inline(file)} the same`,
    ...counts.flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`])),
    ...(passedOver.length === 0 ? [] : [`passed over: ${passedOver.map(inline).join(', ')}`]),
  ].join(', ');
};
