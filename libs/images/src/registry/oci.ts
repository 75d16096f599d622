/** The parts of the OCI image format that are read here. */
import { normalPlatform } from '@nx-ci-cache/records';

export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
} as const;

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface OciIndex {
  readonly manifests: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface OciManifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

export const isIndex = (mediaType: string): boolean =>
  mediaType === mediaTypes.index || mediaType === mediaTypes.dockerIndex;

/** Digest of the manifest that an entry of an index attests; undefined for an image. */
export const attestedBy = ({ annotations = {} }: Descriptor): string | undefined =>
  annotations['vnd.docker.reference.type'] === 'attestation-manifest'
    ? annotations['vnd.docker.reference.digest']
    : undefined;

/** `os/architecture[/variant]`, as BuildKit writes it. */
export const platformOf = ({ os, architecture, variant }: Platform): string =>
  normalPlatform([os, architecture, ...(variant ? [variant] : [])].join('/'));
