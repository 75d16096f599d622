import { importMarkdown } from './import-markdown';

it('is one table of all files, with what each has in common and what was passed over', () => {
  const text = importMarkdown({
    ...{ branch: 'constraints-main', commit: 'a'.repeat(40) },
    files: [
      {
        ...{ cell: 'core-3.11', file: 'upper-constraints.txt', there: 3, passedOver: ['-e .'] },
        changes: [
          { name: 'alpha', kind: 'upgraded', from: '1.0', to: '2.0' },
          { name: 'beta', kind: 'removed', from: '1.0' },
          { name: 'gamma', kind: 'added', to: '1.0' },
        ],
      },
      { cell: 'core-3.13', file: 'core-3.13.txt', changes: [], passedOver: [] },
    ],
  });
  expect(text.split('\n')).toEqual([
    '# What this configuration would change on constraints-main at aaaaaaaaaaaa',
    '',
    '- core-3.11: 1 of 3 pins of upper-constraints.txt the same, 1 up, 1 new, 1 gone, passed over: -e .',
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
