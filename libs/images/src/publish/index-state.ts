/** What consumers of an image get now: whether the tag they use holds an index, and the registry all of it. */
import { isIndex, platformOf, type OciIndex } from '../registry/oci';
import type { RegistryClient } from '../registry/client';

export interface IndexState {
  /** `incomplete`: without one of the platforms. `broken`: it names what is gone, or is no index. */
  readonly state: 'whole' | 'incomplete' | 'absent' | 'broken';
  readonly digest?: string;
  /** What is wrong with it, in words that follow the reference; absent when it is whole. */
  readonly fault?: string;
}

/** @throws CiCacheError `RegistryFailed`: the registry gives no clear answer. */
export const indexState = async (
  registry: RegistryClient,
  {
    repository,
    tag,
    platforms,
  }: { readonly repository: string; readonly tag: string; readonly platforms: readonly string[] },
): Promise<IndexState> => {
  const held = await registry.getManifest(`${repository}:${tag}`);
  if (held === undefined) return { state: 'absent', fault: 'is not there' };
  const { digest } = held;
  if (!isIndex(held.mediaType)) return { state: 'broken', digest, fault: 'holds a single image and no index' };
  const { manifests } = held.body as OciIndex;
  const there = await Promise.all(manifests.map((each) => registry.getManifest(`${repository}@${each.digest}`)));
  const gone = manifests.filter((_each, at) => there[at] === undefined);
  if (gone.length > 0)
    return { state: 'broken', digest, fault: `names ${gone.map((each) => each.digest).join(', ')}, which is gone` };
  const listed = new Set(manifests.flatMap(({ platform }) => (platform === undefined ? [] : platformOf(platform))));
  const missing = platforms.filter((platform) => !listed.has(platform));
  return missing.length === 0
    ? { state: 'whole', digest }
    : { state: 'incomplete', digest, fault: `lacks ${missing.join(', ')}` };
};
