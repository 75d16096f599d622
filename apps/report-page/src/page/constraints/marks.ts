/** What a pin can be filtered by, in words and as a sign. */
import type { PageFile, PinMark } from '@nx-ci-cache/report/src/page/page-data';

export const marks: readonly { readonly mark: PinMark; readonly word: string; readonly sign: string }[] = [
  { mark: 'upgraded', word: 'up', sign: '↑' },
  { mark: 'downgraded', word: 'down', sign: '↓' },
  { mark: 'added', word: 'added', sign: '+' },
  { mark: 'removed', word: 'removed', sign: '−' },
  { mark: 'held', word: 'held', sign: '=' },
  { mark: 'yanked', word: 'yanked', sign: '!' },
  { mark: 'prerelease', word: 'pre-release', sign: 'β' },
];

export const changes: readonly PinMark[] = ['upgraded', 'downgraded', 'added', 'removed'];

export const changedIn = (counts: PageFile['counts']): number => changes.reduce((sum, mark) => sum + counts[mark], 0);
