import type { CellFacts } from '@nx-ci-cache/records';
import { freezeCell } from './freeze-cell';
import { frozenLines } from './frozen-lines';

const facts: CellFacts = {
  ...{ mode: 'constraints-source-providers', python: '3.13', image: 'ci', cutoff: '2026-05-01T00:00:00Z' },
  ...{ resolver: 'image ci', indexUrl: '', pageMaxAge: 0, requirements: [], allowSdist: [] },
  ownPackages: ['acme-*', 'tool'],
};

describe('frozenLines', () => {
  it.each([
    ['six==1.17.0', { kind: 'pin', name: 'six', version: '1.17.0' }],
    ['Zope.Interface===5.4', { kind: 'pin', name: 'zope-interface', version: '5.4' }],
    ['torch==2.1.0+cpu', { kind: 'pin', name: 'torch', version: '2.1.0+cpu' }],
    ['-e file:///src/acme', { kind: 'source', line: '-e file:///src/acme' }],
    ['-e /src/acme', { kind: 'source', line: '-e /src/acme' }],
    ['acme @ file:///src/acme.whl', { kind: 'source', line: 'acme @ file:///src/acme.whl' }],
    ['--index-url https://index.example.com', { kind: 'fault', line: '--index-url https://index.example.com' }],
    ['six', { kind: 'fault', line: 'six' }],
    ['-e git+https://git.example.com/a@0', { kind: 'fault', line: '-e git+https://git.example.com/a@0' }],
  ])('reads %s', (line, expected) => {
    expect(frozenLines(`# comment\n\n${line}\n`)).toEqual([expected]);
  });

  it.each([
    ['a @ https://files.example.com/a.whl', 'a'],
    ['A.b @ git+https://git.example.com/a@0', 'a-b'],
    ['-e git+https://git.example.com/a@0#egg=A_b', 'a-b'],
    ['-e git+https://git.example.com/a@0#subdirectory=x&egg=a', 'a'],
    ['--editable git+https://git.example.com/a@0#egg=a&subdirectory=x', 'a'],
  ])('reads %s as from elsewhere', (line, name) => {
    expect(frozenLines(line)).toEqual([{ kind: 'elsewhere', name, line }]);
  });
});

describe('freezeCell', () => {
  it('renders what the image holds like any other cell, and tells the own packages and sources it leaves out', () => {
    const elsewhere = '-e git+https://user:word@git.example.com/acme@0#egg=acme_web';
    const freeze = `Tool==9\nacme-api==2.0\nnumpy @ file:///wheels\n-e file:///src/b\n${elsewhere}\nsix==1.17.0\nA_b==1\n`;
    expect(freezeCell(facts, freeze)).toEqual({
      pins: 2,
      leftOut: [
        '-e file:///src/b',
        '-e git+https://***@git.example.com/acme@0#egg=acme_web',
        'acme-api==2.0',
        'numpy @ file:///wheels',
        'tool==9',
      ],
      text: [
        '# constraints-source-providers for Python 3.13',
        '# Releases up to 2026-05-01, resolved by image ci.',
        '# Written by nx-ci-cache: edit the requirements, not this file.',
        'a-b==1',
        'six==1.17.0',
        '',
      ].join('\n'),
    });
  });

  it.each([
    [
      'a @ https://files.example.com/a.whl\n',
      'the freeze of ci for Python 3.13: "a @ https://files.example.com/a.whl" is no released',
    ],
    ['-e git+https://git.example.com/third@0#egg=third\n', 'egg=third" is no released'],
    ['a-b==1\nA.b==2\n', 'a second pin of one name'],
  ])('refuses %j', (freeze, words) => {
    expect(() => freezeCell(facts, freeze)).toThrow(words);
  });
});
