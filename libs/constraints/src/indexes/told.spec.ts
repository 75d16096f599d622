import type { CiCacheError } from '@nx-ci-cache/process';
import { refuseToldIndexes } from './told';

const builtIn = 'https://built-in.example.com/simple/';
const refusal = (environment: Readonly<Record<string, string>>, indexes = [] as { name: string; url: string }[]) => {
  try {
    refuseToldIndexes({ indexes }, builtIn, environment);
  } catch (error) {
    const { message, remedy } = error as CiCacheError;
    return `${message} → ${remedy}`;
  }
  return '';
};

describe('an index that the environment names alone', () => {
  it.each([
    [
      'UV_DEFAULT_INDEX',
      'https://me:secret@own.example.com/simple',
      '"index": {"url":"https://own.example.com/simple"}',
    ],
    ['UV_INDEX_URL', 'http://127.0.0.1:8000/simple?token=secret', '"index": {"url":"http://127.0.0.1:8000/simple"}'],
    ['PIP_INDEX_URL', 'not a url secret', '"index": {"url":"https://…"}'],
    [
      'UV_INDEX',
      'Acme_Own=https://:secret@own.example.com/a https://two.example.com/b',
      '{"indexes":[{"name":"acme-own","url":"https://own.example.com/a"},{"name":"index-2","url":"https://two.example.com/b"}]}',
    ],
    ['PIP_EXTRA_INDEX_URL', 'https://own.example.com/a', 'UV_INDEX_INDEX_1_USERNAME and UV_INDEX_INDEX_1_PASSWORD'],
  ])('%s is refused with the key to write, and without its credentials', (name, value, key) => {
    const said = refusal({ [name]: value });
    expect(said).toContain(`${name} names an index, and ci-cache.json does not`);
    expect(said).toContain(key);
    expect(said).not.toContain('secret');
  });

  it('is refused together with others', () => {
    const said = refusal({ UV_INDEX_URL: 'https://a.example.com/', UV_INDEX: 'own=https://b.example.com/' });
    expect(said).toContain(
      '"index": {"indexes":[{"name":"own","url":"https://b.example.com/"}],"url":"https://a.example.com/"}',
    );
  });

  it('is no difference where it is the one asked anyway, or where further ones are written down', () => {
    expect(refusal({ UV_DEFAULT_INDEX: 'https://built-in.example.com/simple', UV_INDEX: '' })).toBe('');
    expect(refusal({ UV_INDEX: 'https://a.example.com' }, [{ name: 'a', url: 'https://b.example.com' }])).toBe('');
  });
});
