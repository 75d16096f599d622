/** Makes the builder what the configuration says, touching nothing when it is that already. */
import { run } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from './buildx';
import { createArguments, type BuilderDefinition } from './definition';
import { observedBuilder, tableFormat, type ObservedBuilder } from './observed';
import { builderFault } from './preflight';

export interface EnsureBuilderOptions {
  readonly buildx: Buildx;
  readonly definition: BuilderDefinition;
  /** Platforms that are going to be built. */
  readonly platforms: readonly string[];
  readonly emit: (line: string) => void;
  /** Seconds to wait for a node that does not answer. Default: 10. */
  readonly nodeTimeoutSeconds?: number;
}

export interface EnsuredBuilder {
  readonly action: 'unchanged' | 'created' | 'recreated';
  readonly builder: ObservedBuilder;
}

/** @throws CiCacheError `BuilderUnfit` naming node, platform and what to do. */
export const ensureBuilder = async (options: EnsureBuilderOptions): Promise<EnsuredBuilder> => {
  const { buildx, definition, platforms, emit } = options;
  const before = await observeBuilder(options);
  const action = before === undefined ? 'created' : isAsDefined(before, definition) ? 'unchanged' : 'recreated';
  if (action === 'recreated') await run(buildxWith(buildx, ['rm', '--keep-state', definition.name]));
  if (action !== 'unchanged') {
    emit(`builder ${definition.name}: ${action}`);
    for (const args of createArguments(definition)) await run(buildxWith(buildx, args));
  }
  if (definition.driver === 'docker-container' && !before?.nodes.every(isRunning)) {
    await run(buildxWith(buildx, ['inspect', '--bootstrap', definition.name]), { accept: [0, 1] });
  }
  const builder = action === 'unchanged' && before?.nodes.every(isRunning) ? before : await observeBuilder(options);
  const fault = builderFault(definition.name, builder, platforms);
  if (fault !== undefined || builder === undefined) throw fault;
  return { action, builder };
};

/** The builder as it is now, or undefined when there is none of that name. */
export const observeBuilder = async ({
  buildx,
  definition,
  nodeTimeoutSeconds = 10,
}: Pick<EnsureBuilderOptions, 'buildx' | 'definition' | 'nodeTimeoutSeconds'>): Promise<
  ObservedBuilder | undefined
> => {
  const list = ['ls', '--no-trunc', '--timeout', `${nodeTimeoutSeconds}s`, '--format'];
  const [json, table] = await Promise.all(
    ['json', tableFormat].map((format) => run(buildxWith(buildx, [...list, format]))),
  );
  return observedBuilder(definition.name, json?.stdout ?? '', table?.stdout ?? '');
};

const isRunning = ({ status }: { readonly status: string }) => status === 'running';

const isAsDefined = (builder: ObservedBuilder, definition: BuilderDefinition): boolean =>
  builder.driver === definition.driver &&
  builder.nodes.length === definition.nodes.length &&
  definition.nodes.every(({ name, address, platforms }, index) => {
    const node = builder.nodes[index];
    const sameAddress = address === undefined || node?.endpoint === address;
    return node?.name === name && sameAddress && node.explicit.join() === platforms.join();
  });
