import { namesSources, parseTrailers, sourceOf, sourcesOf, withTrailers } from './trailers';

const source = { commit: 'a'.repeat(40), cutoff: '2026-05-01T00:00:00Z' };
const files = ['a.txt'];
const other = { commit: 'b'.repeat(40), cutoff: '2026-04-01T00:00:00Z' };

it('reads back what it wrote, per file', () => {
  const message = withTrailers('Subject\n\nGates: x', {
    source,
    files,
    others: { 'b.txt': [other], 'c.txt': [source] },
  });
  expect(message).toBe(
    `Subject\n\nGates: x\n\nSource-Commit: ${source.commit}\nCut-Off: ${source.cutoff}\nSource-Files: a.txt\nSource-Of: b.txt ${other.commit} ${other.cutoff}\nSource-Of: c.txt ${source.commit} ${source.cutoff}\n`,
  );
  const trailers = parseTrailers(message);
  expect([sourceOf(trailers, 'a.txt'), sourceOf(trailers, 'b.txt'), sourceOf(trailers, 'c.txt')]).toEqual([
    source,
    other,
    source,
  ]);
});

it('reads them also where somebody has picked the commit onto another branch', () => {
  const message = `${withTrailers('Subject', { source, files })}(cherry picked from commit ${other.commit})\n`;
  expect(sourceOf(parseTrailers(message), 'a.txt')).toEqual(source);
});

it.each([
  ['a squash', '\n---------\n\nCo-authored-by: Bot <bot@example.com>\n'],
  ['an amend', '\nReviewed by hand, see ticket 42.\n'],
])('reads them also above what %s puts below', (_name, below) => {
  const message = `Squash (#1)\n\n* ${withTrailers('Older', { source: other, files })}\n* ${withTrailers('Newer', { source, files })}`;
  expect(sourceOf(parseTrailers(`${message}${below}`), 'a.txt')).toEqual(source);
});

it.each([
  [withTrailers('Subject', { source, files, others: { 'b.txt': [other] } }), true],
  [withTrailers('Subject', { source, files, others: { 'b.txt': [{ ...other, cutoff: 'May' }] } }), false],
  [`Subject\n\nconstructor: x\nSource-Commit: ${source.commit}`, false],
])('%j names sources: %s', (message, names) => expect(namesSources(parseTrailers(message))).toBe(names));

it('believes only our own trailers, not those of a body', () => {
  const message = withTrailers(`Subject\n\nSource-Commit: ${other.commit}\nCut-Off: ${other.cutoff}`, {
    source,
    files,
  });
  expect(sourceOf(parseTrailers(message), 'a.txt')).toEqual(source);
});

it.each([
  '',
  'Subject',
  'Subject\n\nSome text\nSource-Commit: x',
  'S\n\nSource-Commit: --all\nCut-Off: 2026-05-01T00:00:00Z',
  ...['2026-05-01', '1 May 2026', '2026-05-01T00:00:00Z (::error::x)', '2026-05-01 (\u001b[31m)'].map(
    (cutoff) => `S\n\nSource-Commit: ${source.commit}\nCut-Off: ${cutoff}`,
  ),
])('finds no source in %j', (message) => expect(sourceOf(parseTrailers(message), 'a.txt')).toBeUndefined());

it('names the files that go', () => {
  expect(withTrailers('Subject', { source, files, removed: ['a.txt', 'b.txt'] })).toBe(
    `Subject\n\nRemoved: a.txt b.txt\nSource-Commit: ${source.commit}\nCut-Off: ${source.cutoff}\nSource-Files: a.txt\n`,
  );
});

it('writes further trailers into the same paragraph, so that git reads all of them', () => {
  const message = withTrailers('Subject\n\nBody', {
    source,
    files,
    extra: { Gates: 'api:test', Tested: 'sources only' },
  });
  expect(message).toBe(
    `Subject\n\nBody\n\nGates: api:test\nTested: sources only\nSource-Commit: ${source.commit}\nCut-Off: ${source.cutoff}\nSource-Files: a.txt\n`,
  );
  expect(parseTrailers(message)).toMatchObject({ Gates: ['api:test'], Tested: ['sources only'] });
});

it('carries every source a file has where branches were merged', () => {
  const trailers = parseTrailers(withTrailers('Subject', { source, files, others: { 'b.txt': [source, other] } }));
  expect(sourcesOf(trailers, 'b.txt')).toEqual([source, other]);
});

it('says nothing of a file it does not name, and speaks for all when it names none', () => {
  const told = (message: string) => sourcesOf(parseTrailers(message), 'foreign.txt');
  expect(told(withTrailers('Subject', { source, files: ['a.txt', 'b.txt'] }))).toEqual([]);
  expect(told(`Subject\n\nSource-Commit: ${source.commit}\nCut-Off: ${source.cutoff}`)).toEqual([source]);
});
