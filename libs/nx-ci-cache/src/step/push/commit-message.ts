/** What a constraints commit says of itself: what changed, from which sources, seen when, tested by what. */
import { counted } from '@nx-ci-cache/process';
import { changesBranch, type ChangesRecord, type FileChanges } from '@nx-ci-cache/records';

export interface CommitFacts {
  /** First line. */
  readonly title: string;
  readonly changes: ChangesRecord;
  readonly cutoff: string;
  readonly sourceCommit: string;
  /** The gates that passed, or why there were none. */
  readonly tested: string;
}

export const changedFiles = ({ files }: ChangesRecord) => files.filter(changesBranch);

export const commitMessage = ({ title, changes, cutoff, sourceCommit, tested }: CommitFacts): string => {
  const changed = changedFiles(changes);
  return [
    title,
    '',
    ...changed.map((file) => `- ${file.file}: ${whatChanged(file)}`),
    ...overrideLines(changes),
    '',
    `Resolved from ${sourceCommit} with releases up to ${cutoff}.`,
    `Gates: ${tested}`,
  ].join('\n');
};

const whatChanged = ({ published, changes, notPins = [] }: FileChanges): string => {
  if (!published) return 'new';
  const removed =
    notPins.length === 0 ? '' : `, ${counted(notPins.length, 'line that is no pin', 'lines that are no pins')} removed`;
  return `${counted(changes.length, 'pin')} changed${removed}`;
};

/** What the guards would refuse by default, so that the branch's history says who let it pass. */
const overrideLines = ({ overrides = [] }: ChangesRecord): string[] =>
  overrides.length === 0 ? [] : ['', 'Allowed by constraints.guard:', ...overrides.map((override) => `- ${override}`)];
