import { changesMarkdown } from './changes-markdown';
import { marked } from 'marked';
import type { ChangesRecord } from '@nx-ci-cache/records';
import { changesLine } from './lines/changes';

const record: ChangesRecord = {
  ...{ run: 'r', inputs: 'i' },
  result: 'changed',
  digests: {},
  files: [
    {
      file: 'all-3.13.txt',
      published: true,
      unchanged: 7,
      changes: [
        {
          ...{ name: 'a', kind: 'upgraded', from: '1', to: '2' },
          release: { uploaded: '2026-04-20T10:00:00Z', ageDays: 10, yanked: 'broken' },
          requiredBy: ['b', 'core.in'],
        },
        { name: 'b', kind: 'added', to: '3', release: { unknown: 'the index answered 503' } },
        { name: 'c', kind: 'removed', from: '1' },
      ],
    },
    { file: 'core-3.13.txt', published: true, unchanged: 4, changes: [] },
    { file: 'core-3.14.txt', published: false, unchanged: 0, changes: [{ name: 'a', kind: 'added', to: '2' }] },
  ],
  matrix: [
    { name: 'a', files: { 'all-3.13.txt': { from: '1', to: '2' }, 'core-3.13.txt': { from: '1', to: '1' } } },
    { name: 'c', files: { 'all-3.13.txt': { from: '1' }, 'core-3.14.txt': { to: '5' } } },
  ],
  disagreements: [{ python: '3.13', name: 'a', versions: { all: '2', core: '1' } }],
  limits: [{ mode: 'all', bound: 'a<3', reason: 'a 3 needs a newer compiler' }],
  overrides: ['all-3.13.txt: z goes down from 2 to 1'],
};

/** The cells of the table row that begins with `first`. */
const row = (markdown: string, ...first: string[]): string[] | undefined =>
  markdown
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    )
    .find((cells) => first.every((text, at) => cells[at] === text));

describe('changesMarkdown', () => {
  const markdown = changesMarkdown(record, 'changes.json');

  it.each([
    [
      'a change with its release and who requires it',
      ['a', 'upgraded', '1', '2', '2026-04-20', '10 days', 'b, core.in', 'yanked: broken'],
    ],
    ['why a release is not known', ['b', 'added', '', '3', '', '', '', 'unknown: the index answered 503']],
    ['a package that went', ['c', 'removed', '1', '', '', '', '', '']],
    ['the head of the matrix', ['package', 'all-3.13', 'core-3.13', 'core-3.14']],
    ['a change beside no change', ['a', '1 → 2', '1', '']],
    ['what came and went', ['c', '− 1', '', '+ 5']],
    ['where modes disagree', ['3.13', 'a', '2', '1']],
    ['a limit with its reason', ['`all: a<3: a 3 needs a newer compiler`']],
    ['what the configuration let pass', ['all-3.13.txt: z goes down from 2 to 1']],
  ])('shows %s', (_name, cells) => {
    expect(row(markdown, ...cells)).toEqual(cells);
  });

  it('says what holds a direct requirement once for all files, and why a pin may go down', () => {
    const pin = {
      name: 'h',
      version: '1',
      newest: '2',
      cause: { by: 'platform', package: 'h', needs: 'manylinux_2_31' },
    };
    const held = { 'all-3.13.txt': [pin], 'core-3.13.txt': [pin] } as NonNullable<ChangesRecord['held']>;
    const changed: ChangesRecord = {
      ...{ ...record, held },
      files: [
        {
          ...{ file: 'all-3.13.txt', published: true, unchanged: 0 },
          changes: [{ name: 'y', kind: 'downgraded', from: '2', to: '1', withdrawn: '2 was yanked' }],
        },
      ],
    };
    const markdown = changesMarkdown(changed, 'changes.json');
    expect(row(markdown, 'h is held at 1: the wheels of 2 need manylinux_2_31', 'all-3.13, core-3.13')).toBeDefined();
    expect(row(markdown, 'y', 'downgraded')?.at(-1)).toBe('2 was yanked');
  });

  it('sums up each file, and lists nothing of a new one', () => {
    expect(markdown.split('\n').filter((line) => line.startsWith('### '))).toEqual([
      '### Allowed by constraints.guard',
      '### Changed packages over all files',
      '### Packages on which modes disagree',
      '### Limits of our own',
      '### all-3.13.txt: 3 changed, 7 unchanged',
      '### core-3.13.txt: 0 changed, 4 unchanged',
      '### core-3.14.txt: new, 1 pin',
    ]);
  });

  it('neutralises what a server wrote, in the table and on the page', () => {
    const yanked = '<script>x</script> | ::error::y\n| z \r| z [click](javascript:alert(1)) \u001b[31m';
    const change = { name: 'a', kind: 'added' as const, to: '1', release: { yanked } };
    const hostile = changesMarkdown({ ...record, files: [{ ...record.files[0]!, changes: [change] }] }, 'changes.json');
    const page = marked.parse(hostile, { async: false });
    for (const text of [hostile, page]) expect(text).not.toMatch(/::error|\u001b|\n\\?\| z/);
    // In the markdown it stands in code, where it is text.
    expect(hostile).toContain('`yanked: <script>');
    expect(page).not.toMatch(/<script|href/);
  });

  it('fits into a summary whatever the input, names the file that has all, and ends in what to do', () => {
    const changes = Array.from({ length: 20_000 }, (_, at) => ({
      ...{ name: `package-${at}`, kind: 'added' as const, to: '1', requiredBy: ['a name that takes up room'] },
    }));
    const cut = changesMarkdown({ ...record, files: [{ ...record.files[0]!, changes }] }, 'changes.json');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(1024 * 1024);
    for (const text of [cut, markdown])
      expect(text.trimEnd().split('\n').at(-1)).toMatch(/^What to do: nothing\. Once/);
    expect(cut).toContain('the rest is in changes.json');
    expect(markdown).not.toContain('changes.json');
  });

  it('looks for secrets once, however many cells there are', () => {
    const names = Array.from({ length: 100 }, (_, at) => `package-${at}`);
    const changes = names.map((name) => ({ name, kind: 'added' as const, to: '1', requiredBy: ['top-secret'] }));
    const environment = jest.spyOn(Object, 'entries');
    jest.replaceProperty(process, 'env', { MY_TOKEN: 'top-secret' });
    const text = changesMarkdown({ ...record, files: [{ ...record.files[0]!, changes }] }, 'changes.json');
    const looks = environment.mock.calls.filter(([value]) => value === process.env);
    jest.restoreAllMocks();
    expect(text).not.toContain('top-secret');
    expect(looks).toHaveLength(1);
  });
});

describe('a refusal', () => {
  const refusals = [
    { guard: 'no-downgrades', file: 'all-3.13.txt', text: 'a goes down from 2 to 1', remedy: 'Do this.' },
    { guard: 'enough-pins', file: 'core-3.13.txt', text: 'it holds 0 pins', remedy: 'Do that.' },
  ];
  const refused: ChangesRecord = { ...record, result: 'refused', refusals };

  it('stands first in the comparison, each with its guard and what to do', () => {
    const markdown = changesMarkdown(refused, 'changes.json');
    expect(markdown.indexOf('### Refused')).toBe(0);
    expect(row(markdown, 'all-3.13.txt', 'no-downgrades', 'a goes down from 2 to 1', 'Do this.')).toBeDefined();
    expect(row(markdown, 'core-3.13.txt', 'enough-pins')).toBeDefined();
  });

  it('fails the step in the report, with every refusal', () => {
    expect(changesLine(refused)).toEqual({
      status: 'failed',
      text: '2 refused\nall-3.13.txt: no-downgrades: a goes down from 2 to 1\ncore-3.13.txt: enough-pins: it holds 0 pins',
    });
  });
});
