/** Everything that ends an attempt before anything is written, in the order in which it counts. */
import { harmlessLine } from '@nx-ci-cache/process';
import { isGranted, type Grant, type PushResult } from '@nx-ci-cache/records';
import type { Draft } from '../commit/draft';
import { unprovenRemedy } from '../history/stale';
import { staleness } from '../history/staleness';
import type { BranchState } from '../observation/read-branch';
import { readTag } from '../observation/refs';
import { refOf } from '../remote/branch';
import type { Publication } from './publication';
import { tagTaken } from './tagging';

export interface Ending {
  readonly result: PushResult;
  /** The commit that holds the constraints now. */
  readonly commit: string | null;
  readonly reasons: readonly string[];
}

/** The permission itself when there is something to write and nothing against it. */
export const decide = async (
  { request, repository, access, wish }: Publication,
  { tip, defaultRef, standsFor, entries, provenance }: BranchState,
  { changed, removed }: Draft,
): Promise<Ending | Grant<'constraints'>> => {
  const { branch, permission, source, workspaceRoot, tag } = request;
  const end = (result: PushResult, ...reasons: string[]): Ending => ({ result, commit: tip, reasons });
  const nothingChanged = Object.keys(changed).length === 0 && removed.length === 0;

  if (defaultRef === refOf(branch)) {
    return end(
      'refused',
      `${branch} is the remote's default branch`,
      'Change push.branches to publish to another one.',
    );
  }
  if (standsFor !== undefined) {
    return end(
      'refused',
      `${branch} on the remote is a symbolic ref: a push to it would write ${harmlessLine(standsFor)}`,
      'Delete the symbolic ref on the server, or change push.branches to publish to another branch.',
    );
  }
  if (!isGranted(permission)) return nothingChanged ? end('unchanged') : end('previewed', permission.denied);

  // A file that is not there has no source that could be newer.
  const names = entries
    .map(({ path }) => path)
    .filter((name) => Object.hasOwn(wish.files, name) || removed.includes(name));
  const stale = await staleness({ names, source, workspaceRoot, access }, provenance);
  if (stale.verdict === 'superseded') return end('superseded', stale.reason);
  if (tag !== undefined) {
    const tagged = await readTag(repository, tag);
    if (tagged !== null && !(nothingChanged && tagged === tip)) return end('refused', tagTaken(tag, tagged));
  }
  // Equal content needs no proof: nothing of anyone's is overwritten.
  if (nothingChanged) return end('unchanged');
  return stale.verdict === 'unproven' ? end('refused', stale.reason, unprovenRemedy) : permission;
};
