/** The comparison as a terminal shows it: each package that changed once, with its files. What is refused is the step's error. */
import { counted, redact } from '@nx-ci-cache/process';
import type { ChangesRecord, FileChanges, PinChange } from '@nx-ci-cache/records';
import { terminalTable } from './terminal-table';

/** More rows say less. */
const mostRows = 40;
const columns = [36, 12, 30, 22];

/** @param details where all of it is, relative to the workspace. */
export const changesTerminal = (record: ChangesRecord, details: string): string =>
  redact(
    [
      ...(record.overrides ?? []).map((text) => `allowed by constraints.guard: ${text}`),
      ...changesTable(record.files.filter(({ published }) => published)),
      '',
      `All of it: ${details}`,
    ].join('\n'),
  );

/** Nothing where nothing changed; a file that is new on the branch is no change of its packages, and is left out by who asks. */
export const changesTable = (files: readonly Pick<FileChanges, 'file' | 'changes'>[]): string[] => {
  const rows = changedRows(files);
  const more = rows.length - mostRows;
  return [
    ...(rows.length === 0 ? [] : ['', terminalTable(columns, [head, ...rows.slice(0, mostRows)])]),
    ...(more > 0 ? [`… and ${counted(more, 'package')} more`] : []),
  ];
};

const head = ['package', 'kind', 'version', 'files'];

/** The same change of several files is one row. */
const changedRows = (files: readonly Pick<FileChanges, 'file' | 'changes'>[]): string[][] => {
  const rows = new Map<string, { readonly cells: string[]; readonly files: string[] }>();
  for (const { file, changes } of files)
    for (const change of changes) {
      const cells = [change.name, change.kind, versions(change)];
      const key = cells.join(' ');
      const names = rows.get(key)?.files ?? [];
      rows.set(key, { cells, files: [...names, file.replace(/\.txt$/, '')] });
    }
  return [...rows.values()].map(({ cells, files: names }) => [...cells, filesWords(names)]);
};

const versions = ({ from, to, release }: PinChange): string => {
  const yanked = release?.yanked === undefined ? '' : ' (yanked)';
  return [from, to].filter((each) => each !== undefined).join(' → ') + yanked;
};

const filesWords = (names: readonly string[]): string =>
  names.length <= 2 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`;
