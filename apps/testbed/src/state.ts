/** What a stack remembers between commands: which processes it started, and where they listen. */
import { readFileSync } from 'node:fs';
import { readJson, writeJson } from '@nx-ci-cache/process';
import type { ProcessIdentity } from './process/identity';
import type { Layout } from './layout';
import type { DaemonName } from './words';

export interface StackState {
  /** Kept after `down`, so that image names with the port in them stay true. */
  readonly registryPort: number;
  /** Signs upload URLs; random, so that the registry does not warn and restarts keep uploads valid. */
  readonly registrySecret: string;
  /** The folder of the built tools, as tools/setup printed it. */
  readonly tools: string;
  readonly daemons: Readonly<Partial<Record<DaemonName, ProcessIdentity>>>;
}

export const readState = (layout: Layout): Promise<StackState | undefined> => readJson<StackState>(layout.state);

export const writeState = (layout: Layout, state: StackState): Promise<void> => writeJson(layout.state, state);

/** For callers that cannot wait, such as a test's environment. */
export const readStateSync = (layout: Layout): StackState | undefined => {
  try {
    return JSON.parse(readFileSync(layout.state, 'utf8')) as StackState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};
