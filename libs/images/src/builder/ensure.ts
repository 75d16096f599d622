/** Makes the builder what the configuration says, touching nothing when it is that already. */
import { canonicalJson, messageOf, run } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from './buildx';
import { checkCertificates } from './certificates';
import { create, remove, tryOut } from './create';
import type { BuilderDefinition } from './definition';
import { buildxFault } from './floors';
import { refuseInUse } from './in-use';
import { withMachineLock } from './lock';
import { refuseEmulation } from './native';
import { isRunning, observedBuilder, tableFormat, type ObservedBuilder } from './observed';
import { builderFault } from './preflight';
import { builderUnfit } from './unfit';

export interface EnsureBuilderOptions {
  readonly buildx: Buildx;
  readonly definition: BuilderDefinition;
  /** Platforms that are going to be built. */
  readonly platforms: readonly string[];
  /** Refuses a node that would emulate one of them. Default: false. */
  readonly requireNative?: boolean;
  readonly emit: (line: string) => void;
  /** Seconds to wait for a node that does not answer. Default: 10. */
  readonly nodeTimeoutSeconds?: number;
}

export interface EnsuredBuilder {
  readonly action: 'unchanged' | 'created' | 'recreated';
  readonly builder: ObservedBuilder;
}

const patience = 10;

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
    : await withMachineLock(`builder ${definition.name}`, () => make(options));
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

/**
 * The builder as it is now, or undefined when there is none of that name.
 * @throws CiCacheError `BuilderUnfit`: no buildx, or one that is too old.
 */
export const observeBuilder = async ({
  buildx,
  definition,
  nodeTimeoutSeconds = patience,
}: Pick<EnsureBuilderOptions, 'buildx' | 'definition' | 'nodeTimeoutSeconds'>): Promise<
  ObservedBuilder | undefined
> => {
  const list = ['ls', '--no-trunc', '--timeout', `${nodeTimeoutSeconds}s`, '--format'];
  const commands = [['version'], [...list, 'json'], [...list, tableFormat]];
  const [version, json, table] = await Promise.all(commands.map((args) => run(buildxWith(buildx, args)))).catch(
    (cause: unknown) => {
      throw noBuildx(cause);
    },
  );
  const fault = buildxFault(version?.stdout ?? '');
  if (fault !== undefined) throw fault;
  return observedBuilder(definition.name, json?.stdout ?? '', table?.stdout ?? '');
};

/** It is the first thing asked of buildx, and asks nothing of any node. */
const noBuildx = (cause: unknown) =>
  builderUnfit(
    `buildx does not run: ${cause instanceof Error ? cause.message : messageOf(cause)}`,
    "Install Docker's buildx plugin, or set CI_CACHE_BUILDX to the path of a buildx.",
    {},
    cause,
  );

const isReady = (builder: ObservedBuilder | undefined, definition: BuilderDefinition): boolean =>
  builder !== undefined && isAsDefined(builder, definition) && builder.nodes.every(isRunning);

const isAsDefined = (builder: ObservedBuilder, definition: BuilderDefinition): boolean =>
  builder.driver === definition.driver &&
  builder.nodes.length === definition.nodes.length &&
  definition.nodes.every(({ name, address, platforms, driverOptions }, index) => {
    const node = builder.nodes[index];
    if (node?.name !== name || node.explicit.join() !== platforms.join()) return false;
    const sameAddress = address === undefined || node.endpoint === address;
    return sameAddress && canonicalJson(node.driverOptions) === canonicalJson(driverOptions);
  });
