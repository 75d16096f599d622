import { branchSlug, withBranch } from './branch-slug';
import { messageFor, parse, type Change } from './testing/changed';

const publishing =
  (from: readonly string[], image: object = { repository: 'r.example/{branch}/ci-{python}' }): Change =>
  (config) => {
    config.push.branches = from.map((each, at) => ({ from: each, to: `constraints-${at}` }));
    const cache = 'r.example/{branch}/cache:{image}-{python}-{platform}';
    Object.assign(config.images.ci, { cache, ...image });
  };
const configFor = (...from: string[]) => parse(publishing(from));

it.each([
  ['main', 'main', 'main'],
  ['v3-1-test', 'v3-1-test', 'v3-1-test'],
  ['release/3.x', 'release/3.x', 'release-3.x'],
  ['Release/3.x', 'release/3.x', 'Release-3.x'],
  ['feature/#12_Größe', 'feature/12_gr-e', 'feature-12_Gr-e'],
  ['a%b//c-', 'a-b/c', 'a-b-c-'],
  ['x.-y__z', 'x-y__z', 'x.-y__z'],
])('writes %s as %s in a path and as %s in a tag', (branch, path, tag) => {
  expect(branchSlug(branch, configFor(branch))).toEqual({ path, tag });
});

it('makes a name of a branch without a letter that a path knows', () => {
  expect(branchSlug('главная', configFor('главная')).path).toMatch(/^branch-[0-9a-f]{8}$/);
});

it('tells apart by a digest what only an expression covers, and only where a name had to be changed', () => {
  const config = configFor('(feature|release)/.*');
  const slugs = ['release/A', 'release/a', 'release/B', 'feature/A'].map((branch) => branchSlug(branch, config).path);
  expect(slugs[0]).toMatch(/^release\/a-[0-9a-f]{8}$/);
  expect(slugs[1]).toBe('release/a');
  expect(new Set(slugs).size).toBe(slugs.length);
});

it('fills path and tag of a reference each in its form', () => {
  const slug = { path: 'a/b', tag: 'A-b' };
  expect(withBranch('r.example:5000/{branch}/c:{branch}-x', slug)).toBe('r.example:5000/a/b/c:A-b-x');
  expect(withBranch('r.example:5000/{branch}', slug)).toBe('r.example:5000/a/b');
  expect(withBranch('{branch}-x', slug, true)).toBe('A-b-x');
});

it.each([
  ['two that differ in case', ['Release/3', 'release/3'], undefined],
  ['two that become one', ['a+b/c'.replace('+', '%'), 'a@b/c'], undefined],
  ['one that an expression covers too', ['Release/3', 'release/.*'], undefined],
  ['a tag', ['release/3', 'release-3'], { tags: ['{branch}', 'latest'], repository: 'r.example/{branch}/{python}' }],
])('refuses branches that would be one name: %s', (_what, from, image) => {
  expect(messageFor(publishing(from, image))).toMatch(/push\.branches\[0\]\.from.*\n.*tells apart/);
});

it.each([
  ['no tag holds it', ['release/3', 'release-3']],
  ['each stays what it is', ['main', 'v3-.*']],
])('lets pass branches where %s', (_what, from) => {
  expect(configFor(...from).push.branches).toHaveLength(2);
});
