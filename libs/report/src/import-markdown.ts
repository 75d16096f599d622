/** What a configuration would change on a branch that people already have, as one table. */
import { counted, redact } from '@nx-ci-cache/process';
import type { ImportedFile, ImportRecord, PinChange } from '@nx-ci-cache/records';
import { inline } from './inline';
import { table } from './table';

export const importMarkdown = ({ branch, commit, files }: ImportRecord): string => {
  const names = [...new Set(files.flatMap(({ changes }) => changes.map(({ name }) => name)))].sort();
  const rows = names.map((name) => [name, ...files.map((file) => changeIn(file, name))]);
  const lines = [
    `# What this configuration would change on ${inline(branch)} at ${commit.slice(0, 12)}`,
    '',
    ...files.map((file) => `- ${inline(file.cell)}: ${sumOf(file)}`),
    '',
    ...(rows.length === 0 ? [] : [table(['package', ...files.map(({ cell }) => cell)], rows), '']),
  ];
  return redact(lines.join('\n'));
};

const changeIn = ({ changes }: ImportedFile, name: string): string => {
  const change = changes.find((each) => each.name === name);
  return change === undefined ? '' : `${change.from ?? 'absent'} → ${change.to ?? 'absent'}`;
};

const sumOf = ({ file, there, changes, passedOver }: ImportedFile): string => {
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
