/** Makes a builder whole or not at all: a node that cannot be reached leaves neither half of one, nor takes an older one away. */
import { commandFailureOf, lastLines, run } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from './buildx';
import { createArguments, renamed, type BuilderDefinition, type NodeDefinition } from './definition';
import { sshCheck } from './endpoint';
import { builderUnfit } from './unfit';

/** Longer than ssh's own limit for a connection that the Docker client asks for, 30 s. */
const limitMs = 60_000;

/**
 * @param nodeSeconds how long buildx looks at a node that does not answer, which it makes all the same.
 * @throws CiCacheError `BuilderUnfit` naming the node that could not be made.
 */
export const create = async (buildx: Buildx, definition: BuilderDefinition, nodeSeconds: number): Promise<void> => {
  for (const [at, args] of createArguments(definition).entries()) {
    const node = definition.nodes[at] as NodeDefinition;
    await run(buildxWith(buildx, [...args, '--timeout', `${nodeSeconds}s`]), { timeoutMs: limitMs }).catch(
      async (cause: unknown) => {
        await removeAny(buildx, definition.name);
        throw unmade(definition, node, cause);
      },
    );
  }
};

/** Under a name of its own, before what is there is taken away. */
export const tryOut = async (buildx: Buildx, definition: BuilderDefinition, nodeSeconds: number): Promise<void> => {
  const trial = renamed(definition, `${definition.name}_trial`);
  await removeAny(buildx, trial.name);
  await create(buildx, trial, nodeSeconds);
  await remove(buildx, trial.name);
};

export const remove = async (buildx: Buildx, name: string, accept: readonly number[] = [0]): Promise<void> => {
  await run(buildxWith(buildx, ['rm', '--keep-state', name]), { accept, timeoutMs: limitMs });
};

/** Of which perhaps nothing was made. */
const removeAny = (buildx: Buildx, name: string): Promise<void> => remove(buildx, name, [0, 1]);

const unmade = (
  { name: builder, driver }: BuilderDefinition,
  { name, platforms, address = 'this machine' }: NodeDefinition,
  cause: unknown,
) => {
  const failure = commandFailureOf(cause);
  const words =
    failure?.reason === 'timeout' ? `no answer for ${limitMs / 1000} s` : lastLines(failure?.stderr ?? '', 1).trim();
  const message = `node ${name} of builder ${builder} for ${platforms.join(', ')} cannot be made at ${address}: ${words}`;
  return builderUnfit(message, reach(address, driver), { builder, node: name, address }, cause);
};

const reach = (address: string, driver: string): string => {
  const check = sshCheck(address, driver);
  return check === undefined
    ? 'Correct the node in builder.nodes of ci-cache.json, or start what it names.'
    : `Check that this machine may reach it: ${check}`;
};
