/** What is wrong with the tags of an image whose legs are all recorded: where nothing is, no publishing has to start. */
import type { ImageTag } from '@nx-ci-cache/config';
import type { Reason } from '@nx-ci-cache/records';
import type { RegistryClient } from '../registry/client';
import { seenOr, unseen } from '../registry/unseen';
import { tagAction, type PlatformDigest } from './tag-plan';

export interface PublishedContent {
  readonly repository: string;
  readonly tags: readonly ImageTag[];
  /** In the order of the index. */
  readonly platforms: readonly PlatformDigest[];
}

/**
 * Empty when every tag holds exactly these.
 * @param preview what needs an account is a fault, and no failure.
 * @throws CiCacheError `RegistryFailed`: no clear answer.
 */
export const tagFaults = async (
  registry: RegistryClient,
  { repository, tags, platforms }: PublishedContent,
  preview = false,
): Promise<Reason[]> => {
  const faults = tags.map(async ({ name }): Promise<Reason[]> => {
    const action = tagAction(await registry.getManifest(`${repository}:${name}`), platforms);
    if (action === 'unchanged') return [];
    return [{ kind: 'tag', text: action === 'created' ? `no tag ${name} yet` : `the tag ${name} holds another image` }];
  });
  return seenOr(
    preview,
    Promise.all(faults).then((each) => each.flat()),
    [unseen(repository)],
  );
};
