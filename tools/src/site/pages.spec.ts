/** The pages as files, wherever they are read: each stands in the table of contents, and each link leads to a file and a heading. */
import { brokenLinks, pagesBelow } from '@nx-ci-cache/packing/src/links';
import { homepage } from 'nx-ci-cache/package.json';
import { contents, contentsPage, pagesOfDocs, root, sectionsOf } from './contents';
import { handedOut } from './handed-out';

describe('the pages', () => {
  it('stand in the table of contents, once each', () => {
    const listed = contents().flatMap(({ entries }) => entries.map(({ path }) => path));
    expect(listed.sort()).toEqual(pagesOfDocs().filter((path) => path !== contentsPage));
  });

  it('link to nothing that is not there, nor to a heading that is not', () => {
    const below = ['docs', 'apps', 'libs', 'tools'].flatMap((folder) =>
      pagesBelow(`${root}/${folder}`).map((path) => `${folder}/${path}`),
    );
    const ours = below.filter((path) => !/(^|\/)(node_modules|dist)\//.test(path));
    expect(brokenLinks(root, ['README.md', 'CONTRIBUTING.md', ...ours])).toEqual([]);
  });
});

describe('sectionsOf', () => {
  it('takes the entries of each section, and leaves sections without any', () => {
    const text = '# Title\n\nabout\n\n## One\n\n- [A page](a.md): says a.\n- [B](b/c.md): says b.\n\n## None\n\ntext\n';
    expect(sectionsOf(text)).toEqual([
      {
        title: 'One',
        entries: [
          { title: 'A page', path: 'a.md', says: 'says a.' },
          { title: 'B', path: 'b/c.md', says: 'says b.' },
        ],
      },
    ]);
  });
});

it('leads away what is no page of the site, and takes nothing in code for a link', () => {
  const text = '[a](caching.md#x) [`b`](../README.md#y) `[c](../d.md)`\n\n```md\n[e](../f.md)\n```\n';
  const host = homepage.replace(/#.*$/, '');
  expect(handedOut('ci.md', text)).toBe(text.replace('../README.md#y', `${host}/blob/main/README.md#y`));
  expect(handedOut('reference/errors.md', '[a](../workflows)')).toBe(`[a](${host}/blob/main/docs/workflows)`);
});
