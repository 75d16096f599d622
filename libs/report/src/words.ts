/** What a person reads first of a run: how it ended, what it changed, and what to do about it. */
import { counted } from '@nx-ci-cache/process';
import type { PinChangeKind } from '@nx-ci-cache/records';
import type { RefreshReport } from './refresh-report';
import type { StatusOutcome } from './status-report';

export const headline = ({ outcome, failed, project }: RefreshReport): string => {
  switch (outcome) {
    case 'refreshed':
      return `Refreshed: ${project}`;
    case 'nothing-to-do':
      return `Nothing to do: ${project}`;
    case 'preview':
      return `Preview, nothing was changed: ${project}`;
    case 'failed': {
      const others = failed.length > 1 ? ` and ${failed.length - 1} more` : '';
      return `Failed at ${failed[0] ?? 'snapshot'}${others}: ${project}`;
    }
  }
};

export const statusHeadline = (outcome: StatusOutcome): string => {
  switch (outcome) {
    case 'fresh':
      return 'Fresh';
    case 'changes-pending':
      return 'Changes pending';
    case 'trouble':
      return 'Trouble';
  }
};

const kinds: readonly PinChangeKind[] = ['upgraded', 'downgraded', 'added', 'removed'];

/** E.g. `2 of 4 files changed: 14 upgraded, 1 added`; undefined when nothing was compared. */
export const pinsChanged = ({ changes: { files } }: RefreshReport): string | undefined => {
  if (files.length === 0) return undefined;
  const changed = files.filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return `no pin of ${counted(files.length, 'file')} changed`;
  const all = changed.flatMap(({ changes }) => changes);
  const counts = kinds.flatMap((kind) => {
    const count = all.filter((each) => each.kind === kind).length;
    return count === 0 ? [] : [`${count} ${kind}`];
  });
  return `${changed.length} of ${counted(files.length, 'file')} changed: ${counts.join(', ')}`;
};

/** Each as one sentence, beside the remedies that the errors have. */
export const nextSteps = ({ outcome, preview, steps, drift }: RefreshReport): string[] => [
  ...(outcome === 'preview' && preview !== undefined ? [`Nothing was changed: ${preview}.`] : []),
  ...(outcome === 'failed'
    ? [
        steps.some(({ status }) => status === 'failed')
          ? 'Mend what failed and run again: what was done is found and kept.'
          : 'Run the target that all steps stand before, such as refresh.',
      ]
    : []),
  ...(drift.length > 0 ? ['Find out who else writes to branch and registry: it costs a build each time.'] : []),
];

/** @param why as the index gives it; empty where it gives none. */
export const yankedWords = (why: string): string => (why === '' ? 'yanked' : `yanked: ${why}`);

/** Enough of a digest to find it by. */
export const withShortDigests = (text: string): string => text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, '$1');
