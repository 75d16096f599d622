import { indexAt } from './facts';
import { parseMetadata } from './metadata';

describe('what a release says it requires', () => {
  const requiresOf = (...lines: readonly string[]) =>
    parseMetadata(
      ['Name: own', ...lines.map((each) => `Requires-Dist: ${each}`), '', 'Requires-Dist: prose'].join('\n'),
    ).requires;

  it.each([
    ['flask', { name: 'flask', extras: [], bounds: '' }],
    ['Typing_Extensions (<5,>=4.1)', { name: 'typing-extensions', extras: [], bounds: '<5,>=4.1' }],
    ['uvicorn[standard, ws]>=0.2', { name: 'uvicorn', extras: ['standard', 'ws'], bounds: '>=0.2' }],
    [
      'rich<14 ; python_version < "3.9" and extra == "My_Docs"',
      { name: 'rich', extras: [], bounds: '<14', ofExtra: 'my-docs' },
    ],
  ])('%s', (text, expected) => {
    expect(requiresOf(text)).toEqual([{ text, ...expected }]);
  });

  it('names no release where it is a direct reference', () => {
    expect(requiresOf('own @ https://example.com/own-1.0.tar.gz', 'flask')).toMatchObject([{ name: 'flask' }]);
  });
});

describe('the index that a page is of', () => {
  const facts = {
    indexes: [
      { name: 'short', url: 'https://example.com/simple' },
      { name: 'long', url: 'https://example.com/simple-2/' },
    ],
    indexUrl: 'https://pypi.org/simple/',
  };

  it.each([
    ['https://example.com/simple/flask/', 'short'],
    ['https://example.com/simple-2/flask/', 'long'],
    ['https://pypi.org/simple/flask/', 'default'],
    ['https://elsewhere.example.com/simple/flask/', undefined],
  ])('%s', (page, name) => {
    expect(indexAt(page, facts)?.name).toBe(name);
  });
});
