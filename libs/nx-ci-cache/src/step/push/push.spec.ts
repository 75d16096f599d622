import { commitMessage } from './commit-message';
import { commitTitle } from './commit-title';
import { commitTrailers } from './commit-trailers';

const off = { dryRun: false, answer: false, force: false };

describe('what a commit says of its run', () => {
  const values = { files: 1, sourceBranch: 'main', commit: 'c0ffee'.repeat(7), cutoff: '2026-05-01T00:00:00Z' };

  it.each([
    ['Update {files}', 'Update 1 constraint file'],
    [
      'chore({sourceBranch}): {files} from {commit} [skip ci]',
      'chore(main): 1 constraint file from c0ffeec0ffee [skip ci]',
    ],
    ['{cutoff} {other}', '2026-05-01T00:00:00Z {other}'],
    ['{files}{files}', '1 constraint file1 constraint file'],
    // Names every object has are no placeholders.
    ['{constructor} {toString}', '{constructor} {toString}'],
  ])('the title %s', (template, title) => expect(commitTitle(template, values)).toBe(title));

  it('the title of several files', () =>
    expect(commitTitle('{files}', { ...values, files: 2 })).toBe('2 constraint files'));

  it('counts no file where files only go', () =>
    expect(commitTitle('Update {files}', { ...values, files: 0 })).toBe('Update constraint files'));

  it.each([
    ['a\u202eb\u0000c\u200bd\u2028e', 'abcde'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['::error::x', ': :error::x'],
    ['a{commit}', 'a{commit}'],
  ])('a title with the branch %j shows nothing a terminal or a CI obeys', (sourceBranch, shown) => {
    expect(commitTitle('chore({sourceBranch}): x', { ...values, sourceBranch })).toBe(`chore(${shown}): x`);
  });

  it('the page of the run, where the CI tells it', () => {
    const words = { tested: 't', run: 'r', switches: off };
    expect(commitTrailers({ ...words, ciRun: 'https://ci.example/1' })).toEqual({
      Tested: 't',
      Run: 'r',
      'CI-Run': 'https://ci.example/1',
    });
  });

  it('the switches that were on, and nothing of those that were not', () => {
    const run = { tested: 'sources only', run: 'r', ciRun: undefined };
    expect(commitTrailers({ ...run, switches: off })).toEqual({ Tested: 'sources only', Run: 'r' });
    const switches = { ...off, dryRun: true, cutoff: '2026-05-01T00:00:00Z', tag: 'constraints-1.2.3' };
    expect(commitTrailers({ ...run, switches })['Overrides']).toBe(
      'CI_CACHE_DRY_RUN CI_CACHE_CUTOFF=2026-05-01T00:00:00Z CI_CACHE_TAG=constraints-1.2.3',
    );
  });
});

describe('commitMessage', () => {
  it('names files, sources, cut-off and gates', () => {
    const changes = {
      ...{ run: 'r', inputs: 'i' },
      result: 'changed' as const,
      digests: {},
      files: [
        {
          file: 'core-3.13.txt',
          published: true,
          unchanged: 2,
          changes: [{ name: 'a', kind: 'upgraded' as const, from: '1', to: '2' }],
        },
        { file: 'core-3.11.txt', published: true, unchanged: 3, changes: [] },
        { file: 'core-3.12.txt', published: false, unchanged: 0, changes: [] },
        { file: 'core-3.14.txt', published: true, unchanged: 3, changes: [], notPins: ['line 4 is "-e ."'] },
      ],
    };
    const facts = { cutoff: '2026-05-01T00:00:00Z', sourceCommit: 'c0ffee', tested: 'api:test' };
    expect(commitMessage({ title: 'chore: x', changes, ...facts })).toBe(
      [
        'chore: x',
        '',
        '- core-3.13.txt: 1 pin changed',
        '- core-3.12.txt: new',
        '- core-3.14.txt: 0 pins changed, 1 line that is no pin removed',
        '',
        'Resolved from c0ffee with releases up to 2026-05-01T00:00:00Z.',
        'Gates: api:test',
      ].join('\n'),
    );
  });

  it('names what the configuration let pass', () => {
    const changes = {
      run: 'r',
      inputs: 'i',
      result: 'changed' as const,
      digests: {},
      files: [],
      overrides: ['f: a goes down'],
    };
    expect(commitMessage({ title: 'x', changes, cutoff: '', sourceCommit: '', tested: 'none' })).toContain(
      '\n\nAllowed by constraints.guard:\n- f: a goes down\n\nResolved from',
    );
  });
});
