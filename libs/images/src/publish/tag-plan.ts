/** What to do with each tag of an image, decided purely from what the registry holds. */
import type { Manifest } from '../registry/client';
import { isIndex, platformOf, type OciIndex } from '../registry/oci';

export interface PlatformDigest {
  readonly platform: string;
  readonly digest: string;
}

export type TagAction = 'created' | 'moved' | 'unchanged';

/** Whether the tag holds exactly these manifests in this order, for these platforms. */
export const holdsExactly = (manifest: Manifest | undefined, expected: readonly PlatformDigest[]): boolean => {
  if (manifest === undefined || !isIndex(manifest.mediaType)) return false;
  const { manifests } = manifest.body as OciIndex;
  const held = manifests.map(({ digest, platform }) => `${platform ? platformOf(platform) : ''}@${digest}`);
  return held.join() === expected.map(({ platform, digest }) => `${platform}@${digest}`).join();
};

export const tagAction = (manifest: Manifest | undefined, expected: readonly PlatformDigest[]): TagAction => {
  if (manifest === undefined) return 'created';
  return holdsExactly(manifest, expected) ? 'unchanged' : 'moved';
};
