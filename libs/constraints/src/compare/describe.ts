/** Changes with what people ask next: how old the new release is, whether it was yanked, and who requires it. */
import type { FileChanges, PinChange, ReleaseInfo } from '@nx-ci-cache/records';
import { requirerName, type Requirers } from '../resolver/annotated';
import { releaseKey, type ReleaseQuestion } from './releases';

/** What to ask the index about these files. In a new file everything is new, so nothing of it is asked. */
export const questionsOf = (files: readonly FileChanges[]): ReleaseQuestion[] => {
  const changes = files.flatMap((file) => (file.published ? file.changes : []));
  const questions = changes.flatMap(({ name, to }) => (to === undefined ? [] : [{ name, version: to }]));
  return [...new Map(questions.map((question) => [releaseKey(question), question])).values()];
};

export const describeChanges = (
  file: FileChanges,
  requirers: Requirers,
  releases: ReadonlyMap<string, ReleaseInfo>,
): FileChanges => ({ ...file, changes: file.changes.map((change) => describeChange(change, requirers, releases)) });

const describeChange = (
  change: PinChange,
  requirers: Requirers,
  releases: ReadonlyMap<string, ReleaseInfo>,
): PinChange => {
  const { name, to } = change;
  const release = to === undefined ? undefined : releases.get(releaseKey({ name, version: to }));
  const requiredBy = requirers.get(name)?.map(requirerName);
  return { ...change, ...(release && { release }), ...(requiredBy && { requiredBy }) };
};
