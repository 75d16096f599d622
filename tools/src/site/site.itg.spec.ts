/** The built site, as a static server would hand it out. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brokenLinks } from '@nx-ci-cache/packing/src/links';
import { contentsPage, pagesOfDocs, root } from './contents';
import redirects from './redirects.json';

/** As on a host where it is not alone. */
const base = '/below/';

describe('the site', () => {
  let folder: string;
  let said: string;
  let files: readonly string[];

  beforeAll(() => {
    mkdirSync(join(root, 'dist'), { recursive: true });
    folder = mkdtempSync(join(root, 'dist/site-'));
    const { status, stdout, stderr } = spawnSync('tools/site', ['build', '--base', base, '--outDir', folder], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    });
    said = `${stdout}${stderr}`;
    if (status !== 0) throw new Error(said);
    files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const htmlFiles = () => files.filter((path) => path.endsWith('.html'));
  const named = (path: string) => path.replace(/(^|\/)README\.md$/, '$1index.md');
  const within = (path: string, to: string) => (to.startsWith(base) ? to.slice(base.length) : join(dirname(path), to));
  const attributes = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, value = '']) => value);

  it('is built without a warning', () => {
    expect(said).toContain('build complete');
    expect(said).not.toMatch(/\(!\)|warn|dead link/i);
  });

  it('has each page as HTML and as plain markdown, and llms.txt names all but the contents', () => {
    const pages = pagesOfDocs();
    for (const page of pages.map(named)) {
      expect(files).toEqual(expect.arrayContaining([page, page.replace(/\.md$/, '.html')]));
    }
    const links = attributes(read('llms.txt'), /^- \[.+?\]\((\S+)\): ./gm);
    expect(links.sort()).toEqual(pages.filter((path) => path !== contentsPage).map((path) => `${base}${path}`));
  });

  it('leads nowhere in vain: each link of its pages is a file of it, with that heading, or another host', () => {
    const idsOf = new Map(htmlFiles().map((path) => [path, new Set(attributes(read(path), /\sid="([^"]+)"/g))]));
    const vain = [...idsOf.keys()].flatMap((path) =>
      attributes(read(path), /<a [^>]*?href="([^"]+)"/g)
        .filter((href) => !/^https:/.test(href))
        .filter((href) => {
          const [to = '', anchor] = href.split('#');
          const target = to === '' ? path : within(path, to).replace(/(^|\/)$/, '$1index.html');
          return (
            !existsSync(join(folder, target)) ||
            (anchor !== undefined && !idsOf.get(target)?.has(decodeURIComponent(anchor)))
          );
        })
        .map((href) => `${path}: ${href}`),
    );
    expect(vain).toEqual([]);
  });

  it('leads no reader of its markdown in vain', () => {
    expect(brokenLinks(folder)).toEqual([]);
  });

  it('asks no other host for anything, and its pages forbid it', () => {
    const loads = /<(?:link|script|img|iframe|source)\b[^>]*?(?:href|src|srcset)="([^"]+)"/g;
    const moved = Object.keys(redirects).map((from) => `${from}.html`);
    for (const path of htmlFiles().filter((each) => !moved.includes(each))) {
      expect([
        path,
        attributes(read(path), loads).filter((url) => !url.startsWith(base) && !url.startsWith('data:')),
      ]).toEqual([path, []]);
      expect(read(path)).toContain(`http-equiv="Content-Security-Policy" content="default-src 'self';`);
    }
    const styles = files
      .filter((path) => path.endsWith('.css'))
      .map(read)
      .join('\n');
    expect(
      attributes(styles, /(?:url\(|@import )["']?([^"')\s]+)/g).filter((url) => !/^(data:|\/below\/)/.test(url)),
    ).toEqual([]);
    expect(files.filter((path) => /\.(woff2?|ttf)$/.test(path))).toEqual([]);
  });

  it('finds by its own index what any page says', () => {
    const [index = ''] = files.filter((path) => /localSearchIndex/.test(path));
    const text = read(index);
    for (const page of pagesOfDocs().filter((path) => path !== contentsPage))
      expect(text).toContain(`${base}${page.replace(/\.md$/, '.html')}`);
  });

  it('leads from each place that moved to where it is now', () => {
    for (const [from, to] of Object.entries(redirects)) {
      expect(read(`${from}.html`)).toContain(`content="0; url=${base}${to}"`);
      expect(files).toContain(to);
    }
  });
});
