/** The table of contents is docs/README.md itself: what people read on a git host is also the sidebar, and llms.txt. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesBelow } from '@nx-ci-cache/packing/src/links';

export const root = join(__dirname, '../../..');
export const docs = join(root, 'docs');
export const contentsPage = 'README.md';
/** Below docs/. */
export const pictures = 'pictures';

export interface Entry {
  readonly title: string;
  /** Below docs/. */
  readonly path: string;
  /** What one finds there, in a line. */
  readonly says: string;
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Sections with their `- [title](page.md): what it says` lines. */
export const sectionsOf = (text: string): readonly Section[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => ({
      title: part.slice(0, part.indexOf('\n')).trim(),
      entries: [...part.matchAll(/^- \[(.+?)\]\(([\w./-]+\.md)\): (.+)$/gm)].map(
        ([, title = '', path = '', says = '']) => ({
          title,
          path,
          says,
        }),
      ),
    }))
    .filter(({ entries }) => entries.length > 0);

export const contents = (): readonly Section[] => sectionsOf(readFileSync(join(docs, contentsPage), 'utf8'));

/** Every page there is, below docs/. */
export const pagesOfDocs = (): readonly string[] =>
  pagesBelow(docs)
    .filter((path) => !path.startsWith('.'))
    .sort();

export const isPage = (path: string): boolean =>
  path.endsWith('.md') && !path.startsWith('../') && existsSync(join(docs, path));
