/** Links of pages, as people follow them: to a file beside the page, to a heading in it, or to both. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every page below `folder`. */
export const pagesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));

/** Relative links in these pages of `folder` that lead nowhere, each with its page. */
export const brokenLinks = (folder: string, pages = pagesBelow(folder)): string[] =>
  pages.flatMap((page) =>
    linksOf(readFileSync(join(folder, page), 'utf8'))
      .filter((link) => !/^[a-z]+:/.test(link) && !leads(join(folder, page), link))
      .map((link) => `${page}: ${link}`),
  );

/** Blocks and spans in which nothing is a link, such as a regular expression. */
const code = /^ *```.*?^ *```|`[^`\n]*`/gms;

const linksOf = (text: string): string[] =>
  [...text.replace(code, '').matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => link ?? []);

const leads = (page: string, link: string): boolean => {
  const [path = '', anchor] = link.split('#');
  const to = path === '' ? page : join(dirname(page), path);
  return existsSync(to) && (anchor === undefined || headingsOf(readFileSync(to, 'utf8')).includes(anchor));
};

const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** The name of a heading as git hosts make it, which our site's is too. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
