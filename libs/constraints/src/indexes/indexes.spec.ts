import { credentialNames, indexEnvironment } from './credentials';
import { entryOf } from './netrc';
import { newestUpload, projectsOn } from './projects';
import { projectPage, rootPage } from '../testing/pages';

describe('credentials', () => {
  it('pass for configured names only', () => {
    expect(credentialNames('acme-internal').username).toBe('UV_INDEX_ACME_INTERNAL_USERNAME');
    const source = {
      UV_INDEX_A_USERNAME: 'u',
      UV_INDEX_B_PASSWORD: 'p',
      UV_INDEX_STRATEGY: 'x',
      UV_EXCLUDE_NEWER: 'x',
    };
    expect(indexEnvironment(['a'], source)).toEqual({ UV_INDEX_A_USERNAME: 'u' });
  });

  const netrc =
    '# note\nmachine a.example.com\n  login u1 password p1\nmachine b.example.com login u2\ndefault login u3 password p3\n';
  it.each([
    ['a.example.com', { username: 'u1', password: 'p1' }],
    ['c.example.com', { username: 'u3', password: 'p3' }],
  ])('of %s are found in netrc', (host, entry) => {
    expect(entryOf(host, netrc)).toEqual(entry);
  });

  it('of another host are not', () => {
    expect(entryOf('c.example.com', 'machine a.example.com login u password p')).toBeUndefined();
  });
});

describe('pages', () => {
  const page = ({ type, body }: { type: string; body: string }) => ({ found: true, url: '', type, body });
  const release = { name: 'A.b', version: '1.0', uploaded: '2026-01-01T00:00:00Z' };
  const newer = { ...release, version: '2.0', uploaded: '2026-02-01T00:00:00.5Z' };

  it.each([true, false])('list projects (HTML: %s)', (html) => {
    expect(projectsOn(page(rootPage(['z', 'A.b'], html)), 'i')).toEqual(['a-b', 'z']);
  });

  it.each([
    ['an empty list', rootPage([], false)],
    ['garbage', { type: 'application/json', body: '{"projects' }],
    ['an error page', { type: 'text/html', body: '<p>welcome</p>' }],
  ])('that are %s are an error and no empty index', (_name, root) => {
    expect(() => projectsOn(page(root), 'own')).toThrow('the index own: its page of all projects lists none');
  });

  it.each([
    ['the newest', projectPage([newer, release], false), { at: '2026-02-01T00:00:00.5Z' }],
    [
      'nothing when a file does not say',
      projectPage([newer, { ...release, uploaded: null }], false),
      { unknown: 'its files do not all say when they were uploaded' },
    ],
    ['nothing without files', projectPage([], false), { unknown: 'its page lists no file' }],
    [
      'nothing as garbage',
      { type: 'application/json', body: '{"files' },
      { unknown: 'its page is no JSON that lists files (application/json)' },
    ],
    [
      'nothing as HTML',
      projectPage([release], true),
      { unknown: expect.stringContaining('its page is no JSON that lists files (') },
    ],
  ])('tell upload times: %s', (_name, found, time) => {
    expect(newestUpload(page(found))).toEqual(time);
  });
});
