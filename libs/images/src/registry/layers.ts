/** What an image or a cache takes up, as the registry holds it. */
import type { RegistryClient } from './client';
import type { OciManifest } from './oci';

/** Bytes of each layer, from the lowest; none of what is not there, or is no image. */
export const layersOf = async (registry: RegistryClient, reference: string): Promise<number[]> => {
  const manifest = await registry.getManifest(reference);
  return ((manifest?.body as Partial<OciManifest> | undefined)?.layers ?? []).map(({ size }) => size);
};
