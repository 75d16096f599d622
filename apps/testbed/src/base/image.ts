/** An image's documents as values: bytes and digests follow from the layers alone, so the same root is the same image. */
import { digestOf } from '@nx-ci-cache/process';
import type { NodeName } from '../words';
import type { Layer } from './layer';

export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: { readonly os: string; readonly architecture: string };
}

export interface Document {
  readonly descriptor: Descriptor;
  readonly text: string;
}

const environment = ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'];

/** The configuration and the manifest of one platform's image. */
export const imageOf = (node: NodeName, layer: Layer): { readonly config: Document; readonly manifest: Document } => {
  const platform = { os: 'linux', architecture: node };
  const config = documentOf(mediaTypes.config, {
    ...platform,
    config: { Env: environment, Cmd: ['python3'] },
    rootfs: { type: 'layers', diff_ids: [layer.diffId] },
  });
  const manifest = documentOf(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: config.descriptor,
    layers: [{ mediaType: mediaTypes.layer, digest: layer.digest, size: layer.size }],
  });
  return { config, manifest: { ...manifest, descriptor: { ...manifest.descriptor, platform } } };
};

export const indexOf = (manifests: readonly Descriptor[]): Document =>
  documentOf(mediaTypes.index, { schemaVersion: 2, mediaType: mediaTypes.index, manifests });

const documentOf = (mediaType: string, value: unknown): Document => {
  const text = JSON.stringify(value);
  return { text, descriptor: { mediaType, digest: digestOf(text), size: Buffer.byteLength(text) } };
};
