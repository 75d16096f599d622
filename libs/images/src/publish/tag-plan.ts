/** What to do with each tag of an image, decided purely from what the registry holds. */
import type { ImageTag } from '@nx-ci-cache/config';
import type { Manifest } from '../registry/client';
import { isIndex, platformOf, type OciIndex } from '../registry/oci';

export interface PlatformDigest {
  readonly platform: string;
  readonly digest: string;
  /** Manifests that attest it, which the index holds after it. */
  readonly attestations?: readonly string[];
}

export type TagAction = 'created' | 'moved' | 'unchanged';

/** What a run may do with tags. */
export interface TagRights {
  /** The tag may not be written in this run. */
  readonly denied: boolean;
  /** The image was built apart, from a source older than the recorded one: tags of its own commit alone are its. */
  readonly ownOnly: boolean;
}

/** `clash`: the tag must never move, and holds something else. */
export type TagDecision = TagAction | 'kept' | 'clash';

/** Whether the tag holds exactly these manifests in this order, for these platforms. */
export const holdsExactly = (manifest: Manifest | undefined, expected: readonly PlatformDigest[]): boolean =>
  manifest !== undefined && isIndex(manifest.mediaType) && contentOf(manifest) === wordsOf(expected);

export const tagAction = (manifest: Manifest | undefined, expected: readonly PlatformDigest[]): TagAction => {
  if (manifest === undefined) return 'created';
  return holdsExactly(manifest, expected) ? 'unchanged' : 'moved';
};

/**
 * A tag that holds the source commit is that source's own, one that holds the constraints commit never moves, and every
 * other one follows the leg tags, which only advance.
 */
export const tagDecision = (
  { ofCommit, ofConstraints }: ImageTag,
  held: Manifest | undefined,
  expected: readonly PlatformDigest[],
  { denied, ownOnly }: TagRights,
): TagDecision => {
  const action = tagAction(held, expected);
  if (action === 'unchanged') return action;
  if (denied || (ownOnly && !ofCommit)) return 'kept';
  return action === 'moved' && ofConstraints ? 'clash' : action;
};

/** What an index holds, for people. */
export const contentOf = ({ mediaType, body }: Manifest): string =>
  isIndex(mediaType)
    ? (body as OciIndex).manifests
        .map(({ digest, platform }) => `${platform ? platformOf(platform) : ''}@${digest}`)
        .join()
    : 'a single image';

export const wordsOf = (platforms: readonly PlatformDigest[]): string =>
  platforms
    .flatMap(({ platform, digest, attestations = [] }) => [
      `${platform}@${digest}`,
      ...attestations.map((attestation) => `unknown/unknown@${attestation}`),
    ])
    .join();
