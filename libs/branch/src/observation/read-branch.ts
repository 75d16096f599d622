/** The branch as one attempt finds it: tip, root tree and what it says about the sources of its files. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { treeOf, type RemoteAccess, type Repository, type TreeEntry } from '@nx-ci-cache/git';
import { fetchCommitArgs } from '../git/argv';
import { provenanceOf, type Provenance } from './provenance';
import { readRef, type RefState } from './refs';

export interface BranchState extends RefState {
  readonly provenance: Provenance;
  readonly entries: readonly TreeEntry[];
}

/** @throws CiCacheError `CommandFailed` when the remote does not answer, or rewound the branch while it was read. */
export const readBranch = async (
  repository: Repository,
  access: RemoteAccess,
  branch: string,
  step: (name: 'observe' | 'fetch') => Promise<void>,
): Promise<BranchState> => {
  await step('observe');
  const ref = await readRef(repository, branch);
  if (ref.tip === null) return { ...ref, provenance: { said: [], unreadable: [], complete: true }, entries: [] };
  await step('fetch');
  // Left by a fetch that died; nobody else works in this repository.
  await rm(join(repository.folder, 'shallow.lock'), { force: true });
  await repository.ask(fetchCommitArgs(ref.tip, ref.byId ? 'without' : 'with content'));
  const provenance = await provenanceOf(repository, access, ref.tip);
  return { ...ref, provenance, entries: await treeOf(repository.reader, ref.tip) };
};
