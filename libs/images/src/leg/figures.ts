/** Where the time of a build went and what it left in the registry, for people who want to make it faster. */
import type { LegSpec } from '@nx-ci-cache/config';
import { redact } from '@nx-ci-cache/process';
import type { LegFigures } from '@nx-ci-cache/records';
import { criticalPathOf, isStepOf } from '../builder/metadata';
import type { RegistryClient } from '../registry/client';
import { layerBytes } from '../registry/layers';
import type { Executed } from './execute';
import type { Vertex } from '../progress/progress';

interface Place {
  readonly registry: RegistryClient;
  readonly spec: LegSpec;
}

/**
 * @param digest of the image, where it was published.
 * @param withCache whether this build wrote the cache ref.
 */
export const figuresOf = async (
  { registry, spec }: Place,
  executed: Executed,
  digest: string | undefined,
  withCache: boolean,
): Promise<LegFigures> => {
  const image = digest === undefined ? undefined : await registry.getManifest(`${spec.repository}@${digest}`);
  const cache = withCache ? await registry.getManifest(spec.cacheRef) : undefined;
  return {
    ...timesOf(executed),
    ...(image === undefined ? {} : { imageBytes: layerBytes(image) }),
    ...(cache === undefined ? {} : { cacheBytes: sum(layerBytes(cache)), cacheManifestBytes: cache.size }),
  };
};

export const timesOf = ({
  metadata,
  progress: { vertices },
}: Pick<Executed, 'metadata' | 'progress'>): Omit<LegFigures, 'imageBytes' | 'cacheBytes' | 'cacheManifestBytes'> => {
  const isStep = isStepOf(metadata);
  const exports = vertices.filter(({ name }) => name.startsWith('exporting '));
  return {
    timings: vertices
      .filter(isStep)
      .map((vertex) => ({ step: redact(vertex.name), cached: vertex.cached, seconds: secondsOf(vertex) })),
    criticalPathSeconds: rounded(
      criticalPathOf(metadata, new Map(vertices.map((vertex) => [vertex.digest, secondsOf(vertex)]))),
    ),
    exportSeconds: rounded(sum(exports.map(secondsOf))),
  };
};

const secondsOf = ({ startedAt, completedAt }: Vertex): number =>
  startedAt === undefined || completedAt === undefined ? 0 : rounded((completedAt - startedAt) / 1000);

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
