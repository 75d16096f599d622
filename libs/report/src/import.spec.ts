import type { ImportRecord } from '@nx-ci-cache/records';
import { importMarkdown, importTerminal } from './import';

const record: ImportRecord = {
  ...{ branch: 'constraints-main', commit: 'a'.repeat(40) },
  files: [
    {
      ...{ cell: 'core-3.11', file: 'upper-constraints.txt', there: 3, passedOver: ['-e .[x]'] },
      changes: [
        { name: 'alpha', kind: 'upgraded', from: '1.0', to: '2.0' },
        { name: 'beta', kind: 'removed', from: '1.0' },
        { name: 'gamma', kind: 'added', to: '1.0' },
      ],
    },
    { cell: 'core-3.13', file: 'core-3.13.txt', changes: [], passedOver: [] },
  ],
};

it('is one table of all files, with what each has in common and what was passed over', () => {
  expect(importMarkdown(record).split('\n')).toEqual([
    '# What this configuration would change on constraints-main at aaaaaaaaaaaa',
    '',
    '- core-3.11: 1 of 3 pins of upper-constraints.txt the same, 1 up, 1 new, 1 gone, passed over: `-e .[x]`',
    '- core-3.13: the branch has no core-3.13.txt',
    '',
    '| package | core-3.11    | core-3.13 |',
    '| ------- | ------------ | --------- |',
    '| alpha   | 1.0 → 2.0    |           |',
    '| beta    | 1.0 → absent |           |',
    '| gamma   | absent → 1.0 |           |',
    '',
  ]);
});

it('counts on a terminal what only they require, and knows no markup', () => {
  expect(importTerminal(record, 'dist/app/import.md').split('\n')).toEqual([
    'What this configuration would change on constraints-main at aaaaaaaaaaaa',
    '',
    '- core-3.11: 1 of 3 pins of upper-constraints.txt the same, 1 up, 1 new, 1 gone, passed over: -e .[x]',
    '- core-3.13: the branch has no core-3.13.txt',
    '',
    expect.stringMatching(/^package +kind +version +files$/),
    expect.stringMatching(/^alpha +upgraded +1\.0 → 2\.0 +core-3\.11$/),
    expect.stringMatching(/^gamma +added +1\.0 +core-3\.11$/),
    '',
    'All of it: dist/app/import.md',
  ]);
});
