/** The commands of a page as people copy them: what its fence does not call an illustration, a test runs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pagesBelow } from '@nx-ci-cache/packing/src/links';

const root = join(__dirname, '../../../..');

export interface Fence {
  /** What stands behind the three marks: a language, and perhaps `illustration`. */
  readonly info: string;
  readonly text: string;
}

/** README and every page below docs/, from the repository's root. */
export const pages = (): readonly string[] => [
  'README.md',
  ...pagesBelow(join(root, 'docs'))
    .map((path) => `docs/${path}`)
    .sort(),
];

export const fencesOf = (text: string): readonly Fence[] =>
  [...text.matchAll(/^( *)```([^\n]*)\n([^]*?)^\1```$/gm)].map(([, , info = '', text = '']) => ({
    info: info.trim(),
    text,
  }));

export const fencesOfPage = (page: string): readonly Fence[] => fencesOf(readFileSync(join(root, page), 'utf8'));

/** Blocks to be run as they stand, in their order. */
export const commandBlocks = (page: string): readonly string[] =>
  fencesOfPage(page)
    .filter(({ info }) => info === 'sh')
    .map(({ text }) => text);

/** The lines of a block without their comments. */
export const commandLines = (block: string): readonly string[] =>
  block
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '');
