/** Tells machines from emulators. Each platform has a node of its own, and what that node really is only BuildKit says, of a build. */
import type { CiCacheError } from '@nx-ci-cache/process';
import { isNative } from '@nx-ci-cache/records';
import { machineOf, nodeOf, type BuildMetadata } from './metadata';
import type { Buildx } from './buildx';
import { probe } from './probe';
import { builderUnfit } from './unfit';

/** @throws CiCacheError `BuilderUnfit` naming the first node that would emulate one of `platforms`. */
export const refuseEmulation = async (buildx: Buildx, builder: string, platforms: readonly string[]): Promise<void> => {
  for (const platform of new Set(platforms)) {
    const { metadata } = await probe(buildx, builder, platform);
    const fault = emulationFault(builder, platform, metadata);
    if (fault !== undefined) throw fault;
  }
};

/** @param metadata of a build for `platform`. */
export const emulationFault = (
  builder: string,
  platform: string,
  metadata: BuildMetadata,
): CiCacheError | undefined => {
  const [node, machine] = [nodeOf(metadata), machineOf(metadata)];
  if (machine !== undefined && isNative(platform, machine)) return undefined;
  const found = machine === undefined ? 'does not say what machine it is' : `is a machine of ${machine}`;
  return builderUnfit(
    `node ${node} of builder ${builder} for ${platform} ${found}, and builder.requireNative refuses emulation`,
    `Give ${platform} a node on a machine of its own in builder.nodes of ci-cache.json, or take requireNative away.`,
    { builder, node, platform, machine: machine ?? null },
  );
};
