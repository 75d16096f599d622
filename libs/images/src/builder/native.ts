/** Tells machines from emulators. Each platform has a node of its own, and what that node really is only BuildKit says, of a build. */
import { join } from 'node:path';
import { commandFailureOf, inPrivateFolder, lastLines, readJson, run, type CiCacheError } from '@nx-ci-cache/process';
import { isNative } from '@nx-ci-cache/records';
import { machineOf, nodeOf, type BuildMetadata } from './metadata';
import { buildxWith, type Buildx } from './buildx';
import { builderUnfit } from './unfit';

/** The smallest build that BuildKit describes: one step, and neither a base image nor a program to run. */
const smallest = 'FROM scratch\nWORKDIR /probe\n';
const limitMs = 60_000;

/** @throws CiCacheError `BuilderUnfit` naming the first node that would emulate one of `platforms`. */
export const refuseEmulation = async (buildx: Buildx, builder: string, platforms: readonly string[]): Promise<void> => {
  for (const platform of new Set(platforms)) {
    const fault = emulationFault(builder, platform, await tinyBuild(buildx, builder, platform));
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

const tinyBuild = (buildx: Buildx, builder: string, platform: string): Promise<BuildMetadata> =>
  inPrivateFolder('ci-cache-probe-', async (folder) => {
    const file = join(folder, 'metadata.json');
    const args = ['build', '--builder', builder, '--platform', platform, '--output', 'type=cacheonly'];
    const command = buildxWith(buildx, [...args, '--metadata-file', file, '-'], { BUILDX_METADATA_PROVENANCE: 'min' });
    await run({ ...command, input: smallest }, { timeoutMs: limitMs }).catch((cause: unknown) => {
      throw untold(builder, platform, cause);
    });
    return (await readJson<BuildMetadata>(file)) ?? {};
  });

const untold = (builder: string, platform: string, cause: unknown) => {
  const words = lastLines(commandFailureOf(cause)?.stderr ?? '', 1).trim();
  const message = `the node of builder ${builder} for ${platform} does not build, so whether it emulates is not known: ${words}`;
  return builderUnfit(message, 'Check the node of this platform with setup-builder.', { builder, platform }, cause);
};
