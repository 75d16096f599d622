import { marked } from 'marked';
import type { WhyAnswer } from '@nx-ci-cache/records';
import { markdown, plain, type Markup } from './markup';
import { whyText } from './why';

const found = (hold: Extract<WhyAnswer, { kind: 'found' }>['hold']): WhyAnswer => ({
  ...{ kind: 'found', version: '1.0', newest: '2.0', hold },
  chains: [['core.in', 'app', 'lib']],
});

const shown = (markup: Markup, ...answers: WhyAnswer[]) =>
  whyText(
    {
      package: 'lib',
      cutoff: '2026-05-01T00:00:00Z',
      cells: answers.map((answer, at) => ({ cell: `core-3.1${at + 1}`, answer })),
    },
    markup,
  );
/** A terminal shows the same words, without markup. */
const withoutMarkup = (words: string): string =>
  words.startsWith('|') ? words.replaceAll(/ *\| */g, ' ').trim() : words.replaceAll('`', '');
const columnsApart = (text: string): string => text.replaceAll(/ +/g, ' ');

describe('whyText', () => {
  it.each<[string, WhyAnswer, string[]]>([
    ['the chain and the version', found({ by: 'nothing' }), ['lib==1.0, required by:', '- core.in → app → lib']],
    ['that nothing holds it', found({ by: 'nothing' }), ['Nothing holds it back: no newer version']],
    [
      'the explanation of the resolver',
      found({ by: 'requirements', explanation: 'because a\nand b', requirements: [], limits: [], constraints: [] }),
      ['The newest is 2.0; this holds it back:', '    because a\n    and b'],
    ],
    [
      'bounds of our own with their reasons',
      found({
        ...{ by: 'requirements', explanation: 'because', constraints: ['bounds.txt'] },
        requirements: [{ path: 'core.in', bound: 'lib~=1.0' }],
        limits: [{ bound: 'lib<2', reason: 'our reader breaks | on it' }],
      }),
      [
        '- the requirement `lib~=1.0` of core.in',
        '- the limit `lib<2`: `our reader breaks | on it`',
        '- the constraints of bounds.txt',
      ],
    ],
    [
      'what a newer one would change',
      found({ by: 'choice', changes: [{ name: 'x', kind: 'removed', from: '1' }] }),
      ['| x       | removed | 1    |'],
    ],
    ['a pin that is kept', found({ by: 'kept' }), ['"keepPins" keeps the published pin, CI_CACHE_UPGRADE=lib lets']],
    [
      'the lowest',
      found({ by: 'resolution', resolution: 'lowest' }),
      ['The newest is 2.0;', '"resolution" is "lowest"'],
    ],
    ['why it is not known', found({ by: 'unknown', reason: 'no answer' }), ['is not known:', '    no answer']],
    [
      'releases that the mode passes over',
      {
        ...{ kind: 'found', version: '1.0', newest: '1.0', hold: { by: 'nothing' }, chains: [] },
        hidden: [
          { by: 'prerelease', version: '3.0rc1' },
          { by: 'sdist', version: '2.0' },
          { by: 'wheel', version: '2.1' },
          { by: 'platform', version: '2.2', needs: 'manylinux_2_31' },
          { by: 'patch', version: '2.3', requires: '>=3.13.2', patch: '3.13.9' },
          { by: 'python', version: '2.4', requires: '>=3.14' },
          { by: 'unknown', reason: 'no\nanswer' },
        ],
      },
      [
        'It is the newest version that the mode takes at the cut-off.',
        '- 3.0rc1 is a pre-release',
        '- 2.0 has no wheel for this Python',
        '- 2.1 has no wheel for this Python and Linux, and no sdist',
        '- the wheels of 2.2 need manylinux_2_31',
        '- 2.3 requires Python `>=3.13.2`: write "3.13.9" into "pythons"',
        '- 2.4 requires Python `>=3.14`',
        '- whether there are more is not known: no answer',
      ],
    ],
    ['a package that is not there', { kind: 'absent' }, ['Nothing requires lib.']],
    ['a frozen image', { kind: 'frozen', image: 'ci' }, ['freezes the image ci']],
    ['a failure', { kind: 'failed', error: 'ResolveFailed: <b>' }, ['    ResolveFailed: <b>']],
  ])('shows %s', (_name, answer, words) => {
    for (const each of words) {
      expect(shown(markdown, answer)).toContain(each);
      expect(columnsApart(shown(plain, answer))).toContain(columnsApart(withoutMarkup(each)));
    }
    expect(shown(plain, answer)).not.toMatch(/`|^#|^\|/m);
  });

  it('shows the words of the resolver as they are, and lets nothing in them act', () => {
    const text = shown(markdown, { kind: 'failed', error: 'lib<2 <script>x</script>\n::error::y\u001b[31m' });
    expect(text).toContain('    lib<2 <script>');
    expect(text).not.toMatch(/::error|\u001b/);
    expect(marked.parse(text, { async: false })).toContain('lib&lt;2 &lt;script&gt;');
  });

  it('says once what several cells have in common', () => {
    const text = shown(markdown, { kind: 'absent' }, found({ by: 'nothing' }), { kind: 'absent' });
    expect(text.match(/^## .*$/gm)).toEqual(['## core-3.11, core-3.13', '## core-3.12']);
  });
});
