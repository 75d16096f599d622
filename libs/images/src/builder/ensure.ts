/** Makes the builder what the configuration says, touching nothing when it is that already. */
import { run } from '@nx-ci-cache/process';
import { isAsDefined } from './as-defined';
import { buildxWith } from './buildx';
import { checkCertificates } from './certificates';
import { create, remove, tryOut } from './create';
import type { BuilderDefinition } from './definition';
import { refuseInUse } from './in-use';
import { withMachineLock } from './lock';
import { refuseEmulation } from './native';
import { observeBuilder, patience, type ObserveOptions } from './observe';
import { isRunning, type ObservedBuilder } from './observed';
import { builderFault } from './preflight';

export interface EnsureBuilderOptions extends ObserveOptions {
  /** Platforms that are going to be built. */
  readonly platforms: readonly string[];
  /** Refuses a node that would emulate one of them. Default: false. */
  readonly requireNative?: boolean;
  readonly emit: (line: string) => void;
}

export interface EnsuredBuilder {
  readonly action: 'unchanged' | 'created' | 'recreated';
  readonly builder: ObservedBuilder;
}

interface Found {
  readonly builder: ObservedBuilder | undefined;
}

/**
 * Side by side, each caller looks again once it has the lock, so that one creates and the others find it made.
 * @throws CiCacheError `BuilderUnfit` naming node, platform and what to do.
 */
export const ensureBuilder = async (options: EnsureBuilderOptions): Promise<EnsuredBuilder> => {
  const { buildx, definition, platforms, requireNative = false } = options;
  await checkCertificates(definition);
  const seen = await observeBuilder(options);
  const { action, builder } = isReady(seen, definition)
    ? { action: 'unchanged' as const, builder: seen }
    : await withMachineLock([`builder ${definition.name}`], () => make(options));
  const fault = builderFault(definition.name, builder, platforms);
  if (fault !== undefined || builder === undefined) throw fault;
  if (requireNative) await refuseEmulation(buildx, definition.name, platforms);
  return { action, builder };
};

const make = async (options: EnsureBuilderOptions): Promise<Pick<EnsuredBuilder, 'action'> & Found> => {
  const { buildx, definition, emit, nodeTimeoutSeconds = patience } = options;
  const before = await observeBuilder(options);
  if (isReady(before, definition)) return { action: 'unchanged', builder: before };
  const action = before === undefined ? 'created' : isAsDefined(before, definition) ? 'unchanged' : 'recreated';
  if (before !== undefined && action === 'recreated') {
    await refuseInUse(buildx, definition.name, before);
    await tryOut(buildx, definition, nodeTimeoutSeconds);
    await remove(buildx, definition.name);
  }
  if (action !== 'unchanged') {
    await create(buildx, definition, nodeTimeoutSeconds);
    emit(`builder ${definition.name}: ${action}`);
  }
  if (definition.driver === 'docker-container') {
    await run(buildxWith(buildx, ['inspect', '--bootstrap', definition.name]), { accept: [0, 1] });
  }
  return { action, builder: await observeBuilder(options) };
};

const isReady = (builder: ObservedBuilder | undefined, definition: BuilderDefinition): boolean =>
  builder !== undefined && isAsDefined(builder, definition) && builder.nodes.every(isRunning);
