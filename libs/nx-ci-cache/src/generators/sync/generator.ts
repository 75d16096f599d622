/** Keeps the parts of workflow files that follow from the configuration equal to it: for `nx sync` and `nx sync:check`. */
import type { Tree } from '@nx/devkit';
import { messageOf } from '@nx-ci-cache/process';
import { cis } from '../pipelines/pipelines';
import { readPipeline } from '../pipelines/pipeline';
import { withFreshParts } from '../pipelines/regions';

/** What Nx asks of a sync generator; its own type is not in every release this runs in. */
export interface SyncResult {
  readonly outOfSyncMessage: string;
  readonly outOfSyncDetails: string[];
}

export default async (tree: Tree): Promise<SyncResult | undefined> => {
  try {
    return await sync(tree);
  } catch (cause) {
    throw new Error(messageOf(cause), { cause });
  }
};

const sync = async (tree: Tree): Promise<SyncResult | undefined> => {
  const present = cis.filter(({ file }) => tree.exists(file));
  if (present.length === 0) return undefined;
  const pipeline = await readPipeline(tree);
  const stale = present.filter(({ file, render }) => {
    const text = tree.read(file, 'utf8') ?? '';
    const fresh = withFreshParts(text, render(pipeline), file);
    if (fresh !== text) tree.write(file, fresh);
    return fresh !== text;
  });
  if (stale.length === 0) return undefined;
  return {
    outOfSyncMessage: 'Workflow files are not as the configuration says.',
    outOfSyncDetails: stale.map(({ file }) => file),
  };
};
