/** The argv of a leg's build, as a pure function of what the leg is. */
import type { LegSpec } from '@nx-ci-cache/config';
import { leavesImage, type Grant } from '@nx-ci-cache/records';
import { csv } from '../builder/csv';
import type { PinnedImages } from '../plan/pinned-images';

/** What BuildKit is given, all of it materialised. */
export interface StagedBuild {
  /** Absolute paths whose folders' names hold the digest of their content. */
  readonly context: string;
  readonly constraints: string;
  /** Named contexts by name. */
  readonly contexts: Readonly<Record<string, string>>;
  readonly dockerfile: string;
}

export interface BuildPlace {
  readonly builder: string;
  readonly staged: StagedBuild;
  readonly images: PinnedImages;
  /** Absolute path where buildx writes what it did. */
  readonly metadataFile: string;
}

// Default provenance holds times and ids: an unchanged leg would get another digest each time.
const noProvenance = '--provenance=false';

/** Arguments shared by every build of a leg, whatever it is for. */
export const commonArguments = (
  spec: LegSpec,
  { builder, staged, images, metadataFile }: BuildPlace,
  provenance: string = noProvenance,
): string[] => [
  'build',
  ...['--builder', builder, '--platform', spec.platform],
  ...[provenance, '--progress=rawjson', '--metadata-file', metadataFile],
  ...Object.entries(argumentsOf(spec, images)).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
  ...['--build-context', `constraints=${staged.constraints}`],
  ...Object.entries(staged.contexts).flatMap(([name, folder]) => ['--build-context', `${name}=${folder}`]),
  ...Object.entries(images.contexts).flatMap(([name, pinned]) => [
    '--build-context',
    `${name}=docker-image://${pinned}`,
  ]),
  ...Object.entries(spec.secrets).flatMap(([id, path]) => ['--secret', csv({ id, src: path })]),
  ...Object.entries(spec.ssh).flatMap(([id, path]) => ['--ssh', path === '' ? id : `${id}=${path}`]),
  ...spec.allow.flatMap((right) => ['--allow', right]),
  ...['--file', staged.dockerfile],
];

/** `BUILDKIT_SYNTAX` is BuildKit's own way to name what reads the Dockerfile, in place of its `# syntax=` line. */
const argumentsOf = (
  { buildArgs, output: { sourceDateEpoch } }: LegSpec,
  { bases, syntax }: PinnedImages,
): Readonly<Record<string, string>> => ({
  ...buildArgs,
  ...bases,
  ...(sourceDateEpoch === undefined ? {} : { SOURCE_DATE_EPOCH: String(sourceDateEpoch) }),
  ...(syntax === undefined ? {} : { BUILDKIT_SYNTAX: syntax }),
});

/** Not of a frozen build, which ends with a stage of its own. */
export const targetArguments = ({ target }: LegSpec): string[] => (target === undefined ? [] : ['--target', target]);

export const labelArguments = ({ output: { labels } }: LegSpec): string[] =>
  Object.entries(labels).flatMap(([name, text]) => ['--label', `${name}=${text}`]);

export interface BuildCaches {
  /** The one cache ref it starts from. */
  readonly importedCache?: string;
  /** Whether the cache ref is written. */
  readonly exportCache: boolean;
  /** Every step runs, whatever the node has. Default: false. */
  readonly noCache?: boolean;
}

/**
 * Image by digest, the leg's own cache, or both.
 * @param _grant without it there is no way to push an image or to write a cache.
 */
export const buildArguments = (
  spec: LegSpec,
  place: BuildPlace,
  { importedCache, exportCache, noCache = false }: BuildCaches,
  _grant: Grant<'legs'>,
): string[] => [
  ...commonArguments(spec, place, provenanceOf(spec)),
  ...targetArguments(spec),
  ...labelArguments(spec),
  ...(place.images.sbom === undefined ? [] : ['--attest', csv({ type: 'sbom', generator: place.images.sbom })]),
  '--output',
  leavesImage(spec)
    ? csv({
        type: 'image',
        name: spec.repository,
        'push-by-digest': 'true',
        'name-canonical': 'true',
        push: 'true',
        'oci-mediatypes': 'true',
        ...compressionOf(spec.output),
        ...(spec.output.rewriteTimestamp ? { 'rewrite-timestamp': 'true' } : {}),
      })
    : 'type=cacheonly',
  ...(noCache ? ['--no-cache'] : []),
  ...(importedCache === undefined ? [] : cacheFrom(importedCache)),
  ...(exportCache ? cacheTo(spec) : []),
  place.staged.context,
];

const provenanceOf = ({ output: { provenance } }: LegSpec): string =>
  provenance === undefined ? noProvenance : `--provenance=mode=${provenance}`;

/** The same for image and cache: a layer compressed in two ways is made, kept and pushed twice. */
const compressionOf = ({ compression, compressionLevel, forceCompression }: LegSpec['output']) => ({
  ...(compression === undefined ? {} : { compression }),
  ...(compressionLevel === undefined ? {} : { 'compression-level': String(compressionLevel) }),
  ...(forceCompression ? { 'force-compression': 'true' } : {}),
});

export const cacheFrom = (cacheRef: string): string[] => ['--cache-from', csv({ type: 'registry', ref: cacheRef })];

const cacheTo = ({ cacheRef: ref, output }: LegSpec): string[] => [
  '--cache-to',
  csv({
    ...{ type: 'registry', ref, mode: 'max', 'image-manifest': 'true', 'oci-mediatypes': 'true' },
    ...compressionOf(output),
  }),
];

/** Without it the metadata file would not tell where the steps ran, nor which vertex is which instruction. */
export const metadataEnvironment = { BUILDX_METADATA_PROVENANCE: 'max' } as const;
