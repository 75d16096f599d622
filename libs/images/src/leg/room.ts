/** How much room is left on a node whose disk was full, and how to make some: asked of it once a build failed for good. */
import { CiCacheError } from '@nx-ci-cache/process';
import { probe } from '../builder/probe';
import type { BuildNode } from '../builder/build-node';
import type { Buildx } from '../builder/buildx';

interface Place {
  readonly spec: { readonly platform: string };
  readonly buildx: Buildx;
  readonly builder: string;
  readonly node: BuildNode;
}

/** The error, its remedy with the builder's name and with as much as the node says of its room. */
export const withRoom = async ({ spec, buildx, builder, node }: Place, error: Error): Promise<Error> => {
  if (!(error instanceof CiCacheError) || !error.remedy.includes('<builder>')) return error;
  const { code, message, data, cause } = error;
  const remedy = error.remedy.replaceAll('<builder>', builder);
  const freeBytes = await probe(buildx, builder, spec.platform).then((probed) => probed.freeBytes, nothingOr);
  if (freeBytes === undefined) return new CiCacheError(code, message, { remedy, data, cause });
  const said = `${remedy} ${node.name} has ${(freeBytes / 1e9).toFixed(1)} GB free now.`;
  return new CiCacheError(code, message, { remedy: said, data: { ...data, freeBytes }, cause });
};

/** What asks a full disk finds no room for itself. */
const nothingOr = (error: unknown): 0 | undefined => (isFull.test(String(error)) ? 0 : undefined);
const isFull = /no space left on device/i;
