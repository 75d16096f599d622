import { guardDefaults } from '@nx-ci-cache/config';
import type { GuardRules } from '@nx-ci-cache/records';
import type { Proof, Subject } from './guard';
import { guards } from './guards';
import { judge } from './judge';
import { pinsOf, readLines } from '../file/lines';

const published = 'a==2\nb==2\nc==2\nd==2\n';

interface Planted {
  readonly text?: string;
  readonly published?: string | undefined;
  readonly own?: readonly string[];
  readonly sourced?: readonly string[];
  readonly proof?: Partial<Proof>;
}

/** A sound file, but for what is planted in it. */
const subject = ({ text = published, own = [], sourced = [], proof = {}, ...rest }: Planted): Subject => {
  const lines = readLines(text);
  const pins = pinsOf(lines);
  const before = 'published' in rest ? rest.published : published;
  return {
    file: 'core-3.13.txt',
    lines,
    pins,
    published: before === undefined ? undefined : pinsOf(readLines(before)),
    own,
    sourced,
    proof: { direct: { value: ['a'] }, again: { value: pins }, ...proof },
  };
};

const refusals = (planted: Planted, rules: Partial<GuardRules> = {}) =>
  judge(subject(planted), { ...guardDefaults, ...rules }).refusals;

const cases: readonly [guard: string, name: string, planted: Planted, text: string, rules?: Partial<GuardRules>][] = [
  ['only-pins', 'a range', { text: `${published}e>=1\n` }, 'line 5, "e>=1", is a range of versions'],
  ['only-pins', 'a URL', { text: `${published}e @ https://x.example.com/e.whl\n` }, 'is a URL or a path'],
  ['only-pins', 'a bare path', { text: `${published}./e\n` }, 'is a URL or a path'],
  ['only-pins', 'an editable install', { text: `${published}-e ./e\n` }, 'is an editable install'],
  ['only-pins', 'an index', { text: `--index-url https://x.example.com\n${published}` }, 'is a resolver option'],
  ['only-pins', 'a hash', { text: `${published}e==1 --hash=sha256:0\n` }, 'is a hash'],
  ['only-pins', 'a marker', { text: `${published}e==1 ; python_version<"3"\n` }, 'is a requirement with a marker'],
  ['only-pins', 'an extra', { text: `${published}e[x]==1\n` }, 'is a requirement with an extra'],
  ['only-pins', 'a name alone', { text: `${published}e\n` }, 'is no requirement'],
  ['only-pins', 'no version', { text: `${published}e==latest\n` }, '"e==latest", is a range of versions'],
  ['unique-names', 'two spellings', { text: `${published}A==2\n` }, 'line 5, "A==2", pins a again, after line 1'],
  ['no-own-packages', 'an own name', { own: ['B'] }, 'b==2 is a package of this workspace'],
  [
    'no-own-packages',
    'an own pattern',
    { text: `${published}acme-api==1\n`, own: ['Acme_*'] },
    'acme-api==1 is a package of this workspace',
  ],
  ['no-local-versions', 'a local version', { text: `${published}e==1+cpu\n` }, '"e==1+cpu", pins e to a local version'],
  ['enough-pins', 'no pins at all', { text: '# empty\n', published: undefined }, 'it holds 0 pins'],
  ['enough-pins', 'fewer than told', {}, 'it holds 4 pins, fewer', { minPins: 5 }],
  ['no-shrinking', 'a lost half', { text: 'a==2\nb==2\n' }, 'it shrinks from 4 to 2 pins, by 50%'],
  ['no-shrinking', 'one lost of four', { text: 'a==2\nb==2\nc==2\n' }, 'by 25%', { maxShrink: 0.24 }],
  [
    'direct-requirements',
    'a missing one',
    { proof: { direct: { value: ['a', 'wanted'] } } },
    'wanted is required directly and has no pin',
  ],
  [
    'direct-requirements',
    'no answer',
    { proof: { direct: { unproved: 'the index is down' } } },
    'not known: the index is down',
  ],
  [
    'no-unasked-prereleases',
    'one with a stable release',
    { proof: { unasked: new Map([['b', { version: '2rc1', stable: '1.5' }]]) } },
    'b==2rc1 is a pre-release nobody asked for; 1.5 is its newest stable release',
  ],
  ['no-downgrades', 'a downgrade', { text: published.replace('b==2', 'b==1.10') }, 'b goes down from 2 to 1.10'],
  [
    'no-downgrades',
    'to a pre-release',
    { text: published.replace('b==2', 'b==2rc1') },
    'b goes down from 2 to 2rc1',
    { allowDowngrade: ['a'] },
  ],
  [
    'wheels-everywhere',
    'a pin that another platform would have to build',
    { proof: { missing: [{ name: 'b', version: '2', platform: 'linux/arm64', newest: '1' }] } },
    'b==2 has no wheel for linux/arm64: 1 is the newest that has one',
    { wheels: 'require' },
  ],
  [
    'resolves-to-itself',
    'another version',
    { proof: { again: { value: pinsOf(readLines(published.replace('c==2', 'c==3'))) } } },
    'c==2 resolves to 3',
  ],
  [
    'resolves-to-itself',
    'a stranger',
    { proof: { again: { value: pinsOf(readLines('a==2\nb==2\nc==2\n')) } } },
    'd==2 is required by nothing',
  ],
  [
    'resolves-to-itself',
    'a gap',
    { proof: { again: { value: pinsOf(readLines(`${published}e==1`)) } } },
    'e is required and has no pin; it resolves to 1',
  ],
  [
    'resolves-to-itself',
    'a contradiction',
    { proof: { again: { unproved: 'because a==2 depends on b<2' } } },
    'as constraints: because a==2 depends on b<2',
  ],
];

describe('guards', () => {
  it.each(cases)('%s refuses %s', (guard, _name, planted, text, rules = {}) => {
    const found = refusals(planted, rules).filter((each) => each.guard === guard);
    expect(found).toEqual([
      { guard, file: 'core-3.13.txt', text: expect.stringContaining(text), remedy: expect.any(String) },
    ]);
  });

  it('each have a planted case', () => {
    expect([...new Set(cases.map(([guard]) => guard))]).toEqual(guards.map(({ name }) => name));
  });

  it.each<[string, Planted, Partial<GuardRules>?]>([
    ['a sound file', {}],
    ['a new Python or mode', { text: 'a==1\n', published: undefined }],
    ['upgrades and additions', { text: 'a==2.1\nb==10\nc==2\nd==2\nnew==1\n' }],
    ['a loss within the share', { text: 'a==2\nb==2\nc==2\n' }],
    ['an own package among the direct requirements', { own: ['api'], proof: { direct: { value: ['a', 'api'] } } }],
    ['a local version from an index of its own', { text: `${published}e==1+cpu\n`, sourced: ['e'] }],
    [
      'a downgrade from what was yanked',
      { text: published.replace('b==2', 'b==1'), proof: { withdrawn: new Map([['b', '2 was yanked']]) } },
    ],
    ['a downgrade allowed by name', { text: published.replace('b==2', 'b==1') }, { allowDowngrade: ['B'] }],
  ])('let %s pass', (_name, planted, rules = {}) => {
    expect(refusals(planted, rules)).toEqual([]);
  });

  it('ask nothing of the resolver for a file that would not change the branch', () => {
    const { file, lines, pins, own } = subject({});
    expect(judge({ file, lines, pins, own, published: pins }, guardDefaults).refusals).toEqual([]);
  });

  it('give every refusal, not only the first', () => {
    const found = refusals({ text: 'a==1\nA==1+x\n-e .\n' });
    expect(found.map(({ guard }) => guard)).toEqual([
      'only-pins',
      'unique-names',
      'no-local-versions',
      'no-shrinking',
      'no-downgrades',
    ]);
  });
});

describe('overrides', () => {
  it.each<[string, Planted, Partial<GuardRules>, string[]]>([
    ['nothing, when the defaults let it pass too', {}, { allowDowngrade: ['a'], maxShrink: 1 }, []],
    ['nothing, when it is refused all the same', { text: '' }, { minPins: 3 }, []],
    [
      'an allowed downgrade',
      { text: published.replace('b==2', 'b==1') },
      { allowDowngrade: ['b'] },
      ['core-3.13.txt: b goes down from 2 to 1'],
    ],
    [
      'an allowed loss',
      { text: 'a==2\n' },
      { maxShrink: 0.8 },
      ['core-3.13.txt: it shrinks from 4 to 1 pin, by 75%, more than maxShrink allows'],
    ],
  ])('are %s', (_name, planted, rules, overrides) => {
    const judgement = judge(subject(planted), { ...guardDefaults, ...rules });
    expect(judgement.overrides.filter((text) => !text.includes('0 pins'))).toEqual(overrides);
  });
});
