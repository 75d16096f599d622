/** Looks at the builder as buildx lists it; nothing is made and no node is changed. */
import { messageOf, run } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from './buildx';
import type { BuilderDefinition } from './definition';
import { buildxFault } from './floors';
import { observedBuilder, tableFormat, type ObservedBuilder } from './observed';
import { builderUnfit } from './unfit';

export interface ObserveOptions {
  readonly buildx: Buildx;
  readonly definition: BuilderDefinition;
  /** Seconds to wait for a node that does not answer. Default: 10. */
  readonly nodeTimeoutSeconds?: number;
}

/** Seconds: long enough for a machine at work. */
export const patience = 10;

/**
 * The builder as it is now, or undefined when there is none of that name.
 * @throws CiCacheError `BuilderUnfit`: no buildx, or one that is too old.
 */
export const observeBuilder = async ({
  buildx,
  definition,
  nodeTimeoutSeconds = patience,
}: ObserveOptions): Promise<ObservedBuilder | undefined> => {
  const [version, listed] = await Promise.all([
    run(buildxWith(buildx, ['version'])),
    listBuilders(buildx, nodeTimeoutSeconds),
  ]).catch((cause: unknown) => {
    throw noBuildx(cause);
  });
  const fault = buildxFault(version.stdout);
  if (fault !== undefined) throw fault;
  return observedBuilder(definition.name, ...listed);
};

/** Both listings that `observedBuilder` joins. @param seconds to wait for a node that does not answer. */
export const listBuilders = async (
  buildx: Buildx,
  seconds: number,
): Promise<readonly [json: string, table: string]> => {
  const list = (format: string) =>
    run(buildxWith(buildx, ['ls', '--no-trunc', '--timeout', `${seconds}s`, '--format', format]));
  const [json, table] = await Promise.all([list('json'), list(tableFormat)]);
  return [json.stdout, table.stdout];
};

/** It is the first thing asked of buildx, and asks nothing of any node. */
const noBuildx = (cause: unknown) =>
  builderUnfit(
    `buildx does not run: ${cause instanceof Error ? cause.message : messageOf(cause)}`,
    "Install Docker's buildx plugin, or set CI_CACHE_BUILDX to the path of a buildx.",
    {},
    cause,
  );
