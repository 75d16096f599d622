/** Everything that ends an attempt before anything is written, in the order in which it counts. */
import type { PushResult } from '@nx-ci-cache/report';
import { refOf } from './branch';
import { heldCommit } from './contains';
import type { Draft } from './draft';
import type { Publication } from './publication';
import type { BranchState } from './read-branch';
import { unprovenRemedy } from './stale';
import { staleness } from './staleness';

export interface Ending {
  readonly result: PushResult;
  /** The commit that holds the constraints now. */
  readonly commit: string | null;
  readonly reasons: readonly string[];
}

/** Undefined when there is something to write and nothing against it. */
export const decide = async (
  { request, repository, sent, endsAt }: Publication,
  { tip, defaultRef, trailers }: BranchState,
  { changed }: Draft,
): Promise<Ending | undefined> => {
  const { branch, previewReason } = request;
  const end = (result: PushResult, ...reasons: string[]): Ending => ({ result, commit: tip, reasons });
  const nothingChanged = Object.keys(changed).length === 0;

  const held = await heldCommit(repository, tip, sent);
  if (held !== undefined)
    return { ...end('already-applied', 'applied earlier, though the answer was lost'), commit: held };
  if (tip !== null && defaultRef === refOf(branch)) {
    return end(
      'refused',
      `${branch} is the remote's default branch`,
      'Change push.branches to publish to another one.',
    );
  }
  if (previewReason !== undefined) return nothingChanged ? end('unchanged') : end('previewed', previewReason);

  const stale = await staleness(request, trailers, endsAt);
  if (stale.verdict === 'superseded') return end('superseded', stale.reason);
  // Equal content needs no proof: nothing of anyone's is overwritten.
  if (nothingChanged) return end('unchanged');
  return stale.verdict === 'unproven' ? end('refused', stale.reason, unprovenRemedy) : undefined;
};
