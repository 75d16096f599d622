/** README, licence and documentation as they go along; what they link to and is not packed is linked on the home page. */
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './places';

export const copyPages = (target: string, homepage: string): void => {
  for (const file of ['README.md', 'LICENSE', 'docs'])
    cpSync(join(root, file), join(target, file), { recursive: true });
  const pages = readdirSync(target, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md'));
  for (const page of pages) {
    const path = join(target, page);
    const linked = linksAway(readFileSync(path, 'utf8'), (link) => {
      const to = posix.join(posix.dirname(page), link);
      return existsSync(join(target, to)) ? link : `${homepage.replace(/#.*$/, '')}/blob/main/${to}`;
    });
    writeFileSync(path, linked);
  }
};

/** A page with each relative link, without its anchor, replaced by what `to` says. */
const linksAway = (text: string, to: (link: string) => string): string =>
  text.replace(/(\]\()([^)#:\s]+)(?=[)#])/g, (_all, open: string, link: string) => open + to(link));
