/** Runs the packed plugin's push through nx in one world, and tells from exit code and record how it ended. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '@nx-ci-cache/e2e/src/support/workspace';
import type { Claim, Ended } from '../ended';
import type { World } from '../world/world';
import { pidOf } from '../world/wrapper';

export interface NxPublication {
  readonly workspace: Workspace;
  readonly world: Pick<World, 'folder' | 'bin' | 'env' | 'url'>;
  readonly env: Readonly<Record<string, string>>;
  /** Command nx runs under. */
  readonly under: readonly string[];
}

const record = 'push.json';

export const publishWithNx = async ({ workspace, world, env, under }: NxPublication): Promise<Ended> => {
  // The record of an earlier run is removed by the step, to which a killed nx need not come.
  rmSync(join(workspace.folder, 'dist/app', record), { force: true });
  const startedAt = performance.now();
  const { exitCode, all } = await workspace.shell(
    `echo $$ >'${pidOf(world.bin, 'nx')}'; exec ${under.join(' ')} node_modules/.bin/nx run app:push-constraints`,
    // The exceptions of a machine's own proxy need not hold the world's address.
    { ...world.env, ...env, CI_CACHE_REMOTE: world.url, no_proxy: '*' },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const ended = { clockJumped: false, printed: all, seconds };
  // Nx itself died: its executor may still write a record, or has done so a moment ago.
  if (exitCode === -1) return { ...ended, killed: true };
  const { outcome } = recordedClaim(workspace);
  if (exitCode === 0) return { ...ended, killed: false, outcome: succeeded(outcome) };
  return { ...ended, killed: outcome === undefined, ...(outcome === undefined ? {} : { outcome }) };
};

/** What the record claims; nothing while there is none. */
export const recordedClaim = (workspace: Workspace): { readonly outcome?: Claim } => {
  try {
    return { outcome: workspace.record<Claim>(record) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
};

/** Exit code 0 is itself a claim: without a record that bears it out, it is one that nothing on the branch can. */
const succeeded = (outcome: Claim | undefined): Claim =>
  outcome === undefined || outcome.result === 'failed' || outcome.result === 'refused'
    ? { result: 'pushed', newCommit: null, reasons: [`exit code 0, but recorded: ${outcome?.result ?? 'nothing'}`] }
    : outcome;
