/** README, licence and documentation as they go along; what they link to and is not packed is linked on the home page. */
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { pagesBelow } from './links';
import { root } from './places';

export const copyPages = (target: string, homepage: string): void => {
  for (const file of ['README.md', 'LICENSE', 'docs'])
    cpSync(join(root, file), join(target, file), {
      recursive: true,
      filter: (path) => !['.vitepress', 'pictures'].includes(basename(path)),
    });
  const pages = pagesBelow(target);
  for (const page of pages) {
    const path = join(target, page);
    const linked = linksAway(readFileSync(path, 'utf8'), (link) => {
      const to = posix.join(posix.dirname(page), link);
      return existsSync(join(target, to)) ? link : shownAt(homepage, to);
    });
    writeFileSync(path, linked);
  }
};

/** Where a file of this repository is shown, by its path from the root; a picture as itself. */
export const shownAt = (homepage: string, path: string): string =>
  `${homepage.replace(/#.*$/, '')}/blob/main/${path}${path.endsWith('.png') ? '?raw=true' : ''}`;

/** A page with each relative link, without its anchor, replaced by what `to` says; code stays as it is. */
export const linksAway = (text: string, to: (link: string) => string): string =>
  text.replace(
    /^ *```.*?^ *```|`[^`\n]*`|(?<=\]\()([^)#:\s]+)(?=[)#])/gms,
    (found: string, link: string | undefined) => (link === undefined ? found : to(link)),
  );
