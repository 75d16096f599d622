import { inertText } from '@nx-ci-cache/process';
import * as fc from 'fast-check';
import { marked } from 'marked';
import { cutToFit } from './cut';
import { cell, codeBlock, inline } from './inline';
import { table } from './table';

/** What a reader sees: tags are gone, entities are decoded once, white space is one space. */
const visible = (html: string): string =>
  decoded(html.replaceAll(/<[^>]*>/g, ''))
    .replaceAll(/\s+/g, ' ')
    .trim();
const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
/** In one pass, as a browser does: what an entity stands for begins no other one. */
const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d+)|(lt|gt|quot|amp));/g, (_all, code: string | undefined, name: string) =>
    code === undefined ? (named[name] ?? '') : String.fromCodePoint(Number(code)),
  );
const rendered = (markdown: string): string => visible(marked.parse(markdown, { async: false }));
const inert = (text: string): string =>
  inertText(text.replaceAll(/[\r\n\u2028\u2029]+/g, ' '))
    .replaceAll('::', ':\u200b:')
    .replaceAll(/\s+/g, ' ')
    .trim();

const meaningful = fc.array(
  fc.constantFrom(
    ...[
      'foo',
      '<2',
      '&lt;',
      '&',
      '<b>',
      '|',
      '\\',
      '`',
      '``',
      '*',
      '_',
      '~~',
      '[a](b)',
      '![',
      ']',
      '#',
      '1. ',
      '- ',
      '+ ',
    ],
    ...[
      'https://e.example/?a=1&b=2',
      'www.e.example',
      'me@e.example',
      '::error::',
      '$',
      '\n',
      ' ',
      '  ',
      '→',
      'é',
      '=',
    ],
    ...['---', '> ', ':+1:', '"', "'", '(', ')', '&#60;', '<!--', '\u001b[31m', '\u202e'],
  ),
  { maxLength: 8 },
);
const texts = fc.oneof(
  meaningful.map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

it('shows in a line exactly the text', () => {
  fc.assert(
    fc.property(texts, (text) => expect(rendered(`It says ${inline(text)}.`)).toBe(inert(`It says ${inert(text)}.`))),
  );
  fc.assert(
    fc.property(texts, (text) => {
      fc.pre(inert(text) !== '');
      expect(rendered(`- ${inline(text)}\n- b`)).toBe(`${inert(text)} b`);
    }),
  );
});

it('shows in a table exactly the text, each cell in its column', () => {
  fc.assert(
    fc.property(texts, texts, (one, two) => {
      const html = marked.parse(table(['a', 'b'], [[one, two]]), { async: false });
      const cells = [...html.matchAll(/<td[^>]*>([^]*?)<\/td>/g)].map(([, content = '']) => visible(content));
      expect(cells).toEqual([inert(one), inert(two)]);
    }),
  );
});

it('shows in a block exactly the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const [before, after] = [rendered(`Before:\n\n${codeBlock(text).join('\n')}\n\nafter`), `${inertText(text)}`];
      expect(before).toBe(`Before: ${after.replaceAll('::', ':\u200b:')} after`.replaceAll(/\s+/g, ' '));
    }),
  );
});

it('shows what looks like an entity behind an escaped bar', () => {
  const html = marked.parse(table(['a'], [['\\|&lt;']]), { async: false });
  expect(visible(/<td[^>]*>([^]*?)<\/td>/.exec(html)?.[1] ?? '')).toBe('\\|&lt;');
});

it.each([
  ['pandas<3', '`pandas<3`'],
  ['1.2.3', '1.2.3'],
  ['2 of 4 files changed: core_a-3.13.txt', '2 of 4 files changed: core_a-3.13.txt'],
  ['+ 2', '+ 2'],
  ['a|b', '`a\\|b`'],
  ['a\\|b', 'a&#92;&#124;b'],
  ['a `b`', '`` a `b` ``'],
])('writes %s so that it reads well in a terminal too', (text, expected) => {
  expect(cell(text)).toBe(expected);
});

describe('a summary', () => {
  const lines = Array.from({ length: 100 }, (_none, at) => `| é ${at} |`).join('\n');

  it('stays whole where it fits', () => {
    expect(cutToFit(lines, Buffer.byteLength(lines), 'f')).toBe(lines);
  });

  it('is cut between lines, never over its room, and names the file', () => {
    for (let room = 0; room < Buffer.byteLength(lines); room += 7) {
      const cut = cutToFit(lines, room, 'dist/app/refresh.md');
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(room);
      if (cut === '') continue;
      expect(cut).toContain('dist/app/refresh.md');
      const kept = cut.split('\n\nThis is not all')[0] ?? '';
      expect(kept === '' || lines.startsWith(`${kept}\n`)).toBe(true);
    }
  });

  it('says nothing where there is no room at all', () => {
    expect(cutToFit(lines, -5, 'f')).toBe('');
  });
});
