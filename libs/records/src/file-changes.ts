/** What the comparison of one file amounts to: whether a push would write it, and its sum in words. */
import { counted } from '@nx-ci-cache/process';
import type { FileChanges } from './changes';

export const changesBranch = ({ published, changes, notPins = [] }: FileChanges): boolean =>
  !published || changes.length > 0 || notPins.length > 0;

export const summaryOf = ({ published, unchanged, changes, notPins = [] }: FileChanges): string => {
  if (!published) return `new, ${counted(changes.length, 'pin')}`;
  const foreign =
    notPins.length === 0
      ? ''
      : `, ${counted(notPins.length, 'published line that is no pin', 'published lines that are no pins')}`;
  return `${changes.length} changed, ${unchanged} unchanged${foreign}`;
};
