/** What an image or a cache takes up, as the registry holds it. */
import type { Manifest } from './client';
import type { OciManifest } from './oci';

/** Bytes of each layer, from the lowest; none of what is not there, or is no image. */
export const layerBytes = (manifest: Manifest | undefined): number[] =>
  ((manifest?.body as Partial<OciManifest> | undefined)?.layers ?? []).map(({ size }) => size);
