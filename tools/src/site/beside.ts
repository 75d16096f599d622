/** What stands beside the pages of the built site: their markdown with its pictures, llms.txt, and a page at each place that moved. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { contents, contentsPage, docs, pagesOfDocs, pictures } from './contents';
import { handedOut } from './handed-out';
import redirects from './redirects.json';

/** @param base the path the site is served below, with a slash at both ends. */
export const writeBeside = (folder: string, base: string): void => {
  cpSync(join(docs, pictures), join(folder, pictures), { recursive: true });
  for (const [path, text] of [...markdownPages(), ['llms.txt', llmsText(base)] as const, ...redirectPages(base)]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

const read = (path: string): string => readFileSync(join(docs, path), 'utf8');

const markdownPages = () =>
  pagesOfDocs().map((path) => [path === contentsPage ? 'index.md' : path, handedOut(path, read(path))] as const);

/** As llmstxt.org describes it: a title, what it is about, and the links with a line on each. */
const llmsText = (base: string): string => {
  const [about = ''] = handedOut(contentsPage, read(contentsPage)).split(/^## /m);
  const [title = '', ...lines] = about.trim().split('\n');
  const sections = contents().map(({ title, entries }) => [
    `## ${title}`,
    '',
    ...entries.map(({ title, path, says }) => `- [${title}](${posix.join(base, path)}): ${says}`),
    '',
  ]);
  return [title, '', ...lines.filter(Boolean).map((line) => `> ${line}`), '', ...sections.flat()].join('\n');
};

const redirectPages = (base: string) =>
  Object.entries(redirects).map(([from, to]) => {
    const url = posix.join(base, to);
    return [
      `${from}.html`,
      `<!doctype html><title>Moved</title><link rel="canonical" href="${url}"><meta http-equiv="refresh" content="0; url=${url}"><a href="${url}">Moved</a>\n`,
    ] as const;
  });
