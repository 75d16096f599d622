/** Sees to it that each platform runs on its node, where `builder.emulation` asks for that. */
import type { CiCacheError } from '@nx-ci-cache/process';
import type { Buildx } from '../buildx';
import type { BuilderDefinition, NodeDefinition } from '../definition';
import { probe } from '../probe';
import { installEmulator, type Way } from './install';

export interface EnsureEmulationOptions {
  readonly buildx: Buildx;
  readonly definition: BuilderDefinition;
  readonly platforms: readonly string[];
  readonly emit: (line: string) => void;
}

/**
 * What already runs, natively or not, is left as it is; what was installed is tried.
 * @throws CiCacheError `BuilderUnfit`: nodes of other machines are never touched, and say where to install.
 */
export const ensureEmulation = async (options: EnsureEmulationOptions): Promise<void> => {
  const { buildx, definition, platforms, emit } = options;
  for (const platform of new Set(platforms)) {
    const fault = await probe(buildx, definition.name, platform).then(
      () => undefined,
      (error: CiCacheError) => error,
    );
    if (fault === undefined) continue;
    const way = wayOf(definition, platform);
    if (way === undefined || fault.data['emulator'] !== 'absent') throw fault;
    await installEmulator(way, platform, { ...buildx.env });
    await probe(buildx, definition.name, platform);
    emit(`an emulator of ${platform} was installed on this machine`);
  }
};

/** Undefined for a node that is not on this machine, as far as its endpoint tells. */
export const wayOf = ({ driver, nodes }: BuilderDefinition, platform: string): Way | undefined => {
  const node: NodeDefinition | undefined = nodes.find(({ platforms }) => platforms.includes(platform));
  if (node?.address?.startsWith('unix://') === true) return 'packages';
  return driver === 'docker-container' && node !== undefined && node.address === undefined ? 'engine' : undefined;
};
