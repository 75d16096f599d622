/** A builder that somebody builds on is never made anew: its container and that build would go with it. */
import { CiCacheError, run } from '@nx-ci-cache/process';
import { buildxWith, type Buildx } from './buildx';
import { isRunning, type ObservedBuilder } from './observed';
import { builderUnfit } from './unfit';

/** @throws CiCacheError `BuilderUnfit` while builds run on it, or when its running nodes do not say whether any do. */
export const refuseInUse = async (buildx: Buildx, name: string, builder: ObservedBuilder): Promise<void> => {
  // What is gone or stopped runs no build, and is what a new definition most often replaces.
  if (!builder.nodes.some(isRunning)) return;
  const builds = await runningBuilds(buildx, name);
  if (builds.length === 0) return;
  throw builderUnfit(
    `builder ${name} is not as ci-cache.json describes it, and ${builds.length === 1 ? 'a build runs' : `${builds.length} builds run`} on it`,
    `Wait until they have ended, or give this configuration a builder.name of its own.`,
    { builder: name, builds },
  );
};

/** Ids of builds, as BuildKit's own history tells them. */
const runningBuilds = async (buildx: Buildx, name: string): Promise<string[]> => {
  const list = ['--builder', name, 'history', 'ls', '--format', 'json'];
  const { stdout } = await run(buildxWith(buildx, list)).catch((cause: unknown) => {
    const words = cause instanceof CiCacheError ? cause.message : String(cause);
    const remedy = `Make sure that nobody builds on it, then run: docker buildx rm --keep-state ${name}`;
    throw builderUnfit(`builder ${name} does not say whether it is in use: ${words}`, remedy, { builder: name });
  });
  const records = stdout.split('\n').filter((line) => line.startsWith('{'));
  return records
    .map((line) => JSON.parse(line) as { readonly ref: string; readonly status: string })
    .filter(({ status }) => status === 'Running')
    .map(({ ref }) => ref);
};
