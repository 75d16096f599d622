import { doctorTerminal } from './doctor-terminal';

it('is one table within 100 columns, with what mends a finding below it, as it is to be typed', () => {
  const text = doctorTerminal([
    { check: 'Node', verdict: 'well', says: '24.1.0' },
    {
      check: 'git remote',
      verdict: 'wrong',
      says: `${'there is none '.repeat(8)}of that name`,
      mend: 'git remote add\nx',
    },
    { check: 'registry', verdict: 'unseen', says: 'needs a builder' },
  ]);
  expect(text.split('\n')).toEqual([
    'what             result    found',
    'Node             ok        24.1.0',
    'git remote       MEND      there is none there is none there is none there is none there is none',
    '                           there is none there is none there is none of that name',
    '  → git remote add',
    '    x',
    'registry         not seen  needs a builder',
  ]);
});
