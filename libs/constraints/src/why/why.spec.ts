import type { CellFacts, WhyAnswer } from '@nx-ci-cache/records';
import { releasesOn } from '../indexes/releases';
import { readAnnotated, requirerName, type Requirers } from '../resolver/annotated';
import { cellFacts } from '../testing/cell';
import { chainsTo } from './chains';
import { passedOver } from './passed-over';
import { shortAnswer } from './short-answer';

describe('readAnnotated', () => {
  const output = [
    'certifi==2026.10.18       # via requests',
    'idna==3.4                 # via requests, -c self.txt, -c limits.txt',
    'iniconfig==1.1.1          # via -c self.txt, -r input-0.txt',
    'requests==2.34.2          # via -r input-0.txt, -r input-1.txt, tool, acme (input-2/pyproject.toml)',
    'pytest==8                 # via acme (input-2/pyproject.toml:dev), tool',
    'Zope.Interface==5',
    '',
  ].join('\n');
  const { pins, requirers } = readAnnotated(output, {
    requirements: [
      { path: 'core.in', text: '' },
      { path: 'providers.in', text: '' },
      { path: 'api/pyproject.toml', text: '' },
    ],
  });

  it('reads pins as from any other file', () => {
    expect(Object.fromEntries(pins)).toEqual({
      ...{ certifi: '2026.10.18', idna: '3.4', iniconfig: '1.1.1', pytest: '8', requests: '2.34.2' },
      ...{ 'zope-interface': '5' },
    });
  });

  it.each([
    ['certifi', ['requests']],
    ['idna', ['requests']],
    ['iniconfig', ['core.in']],
    ['requests', ['core.in', 'providers.in', 'tool', 'api/pyproject.toml']],
    ['pytest', ['api/pyproject.toml', 'tool']],
    ['zope-interface', []],
  ])('knows who requires %s: packages and our own files, but no bounds', (name, expected) => {
    expect(requirers.get(name)?.map(requirerName)).toEqual(expected);
  });
});

describe('chainsTo', () => {
  const requirers: Requirers = new Map([
    ['a', [{ input: 'core.in' }]],
    ['b', [{ package: 'a' }]],
    ['c', [{ package: 'b' }, { package: 'a' }, { input: 'all.in' }]],
    ['left', [{ package: 'right' }, { package: 'a' }]],
    ['right', [{ package: 'left' }]],
    ['lost', [{ package: 'nobody' }]],
  ]);

  it.each([
    ['a direct requirement', 'a', [['core.in', 'a']]],
    [
      'each that requires it, shortest first',
      'c',
      [
        ['all.in', 'c'],
        ['core.in', 'a', 'c'],
        ['core.in', 'a', 'b', 'c'],
      ],
    ],
    ['a circle', 'right', [['core.in', 'a', 'left', 'right']]],
    ['a package outside the circle that leads into it', 'left', [['core.in', 'a', 'left']]],
    ['what nothing known requires', 'lost', []],
    ['a stranger', 'stranger', []],
  ])('finds %s', (_what, name, chains) => {
    expect(chainsTo(name, requirers)).toEqual(chains);
  });
});

describe('passedOver', () => {
  const facts = cellFacts('https://index.example.com/simple', { requires: [], cutoff: '2026-05-01T00:00:00Z' });
  const day = { 'upload-time': '2026-04-30T23:59:59.9Z', yanked: false };
  const files = ['lib-1.0.tar.gz', 'lib-1.9.zip', 'lib-1.10.tar.gz'].map((filename) => ({ ...day, filename }));
  const over = (more: readonly object[], changes: Partial<CellFacts> = {}) => {
    const all = { ...facts, ...changes };
    return passedOver('lib', releasesOn('lib', [...files, ...more], all), '1.0', all, '3.13.11');
  };
  const sdist = (version: string) => [{ by: 'sdist', version }];

  it.each<[string, object, readonly object[]]>([
    ['the newest version', {}, sdist('1.10')],
    ['one without an upload time', { filename: 'lib-2.0.tar.gz' }, sdist('2.0')],
    ['one for this Python', { ...day, filename: 'lib-2.0.tar.gz', 'requires-python': '>=3.13,<4' }, sdist('2.0')],
    [
      'one whose bounds have no known form',
      { ...day, filename: 'lib-2.0.tar.gz', 'requires-python': '?' },
      sdist('2.0'),
    ],
    ['no wheel', { ...day, filename: 'lib-2.0-py3-none-any.whl' }, sdist('1.10')],
    ['no yanked one', { ...day, filename: 'lib-2.0.tar.gz', yanked: 'broken' }, sdist('1.10')],
    ['none of the cut-off or later', { filename: 'lib-2.0.tar.gz', 'upload-time': facts.cutoff }, sdist('1.10')],
    ['no pre-release', { ...day, filename: 'lib-2.0rc1.tar.gz' }, sdist('1.10')],
    ['no other package', { ...day, filename: 'lib-more-2.0.tar.gz' }, sdist('1.10')],
    ['no file without a name', day, sdist('1.10')],
    [
      'one for another Python',
      { ...day, filename: 'lib-2.0.tar.gz', 'requires-python': '>=3.14' },
      [...sdist('1.10'), { by: 'python', version: '2.0', requires: '>=3.14' }],
    ],
    [
      'one for a later patch release',
      { ...day, filename: 'lib-2.0-py3-none-any.whl', 'requires-python': '>=3.13.2' },
      [...sdist('1.10'), { by: 'patch', version: '2.0', requires: '>=3.13.2', patch: '3.13.11' }],
    ],
    [
      'one for a newer Linux',
      { ...day, filename: 'lib-2.0-cp313-cp313-manylinux_2_31_x86_64.whl' },
      [...sdist('1.10'), { by: 'platform', version: '2.0', needs: 'manylinux_2_31' }],
    ],
    [
      'one for another system',
      { ...day, filename: 'lib-2.0-cp313-cp313-win_amd64.whl' },
      [...sdist('1.10'), { by: 'wheel', version: '2.0' }],
    ],
  ])('takes %s', (_what, file, expected) => {
    expect(over([file])).toEqual(expected);
  });

  it('takes a pre-release where they are allowed, nothing that may be built, and nothing below', () => {
    expect(over([{ ...day, filename: 'Lib-2.0rc1.tar.gz' }], { prerelease: 'allow' })).toEqual(sdist('2.0rc1'));
    expect(over([], { allowSdist: ['Lib'] })).toEqual([]);
    expect(passedOver('lib', releasesOn('lib', files, facts), '1.10', facts)).toEqual([]);
  });
});

describe('shortAnswer', () => {
  const found = { kind: 'found' as const, version: '1', chains: [] };
  const bounds = { requirements: [], limits: [], constraints: [] };
  const words = (lines: number) => Array.from({ length: lines }, (_none, at) => `line ${at}`).join('\n');
  const answers = (text: string): readonly WhyAnswer[] => [
    { ...found, hold: { by: 'requirements', explanation: text, ...bounds } },
    { ...found, hold: { by: 'unknown', reason: text } },
  ];

  it('shortens what is long for a terminal, and nothing else', () => {
    const short = answers(words(1000)).map((answer) => JSON.stringify(shortAnswer(answer)));
    for (const each of short) expect(each).toMatch(/line 999/);
    for (const each of short) expect(each).not.toMatch(/line 500/);
    for (const each of [...answers(words(3)), { kind: 'absent' as const }]) expect(shortAnswer(each)).toEqual(each);
  });
});
