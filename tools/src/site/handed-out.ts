/** A page as the site hands it out, to VitePress and as plain markdown: what it links to and is no page or picture of the site is linked on the home page. */
import { posix } from 'node:path';
import { linksAway, shownAt } from '@nx-ci-cache/packing/src/pages';
import { homepage } from 'nx-ci-cache/package.json';
import { isPage, pictures } from './contents';

export const handedOut = (path: string, text: string): string =>
  linksAway(text, (link) => {
    const to = posix.join(posix.dirname(path), link);
    return isPage(to) || isPicture(to) ? link : shownAt(homepage, posix.join('docs', to).replace(/\/$/, ''));
  });

const isPicture = (path: string): boolean => path.startsWith(`${pictures}/`);
