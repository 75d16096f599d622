/** Says of each part whether it really answers, not merely whether it was started. */
import { layoutOf, type Layout } from './layout';
import { basesPresent } from './parts/bases';
import { nodeAnswers, nodeEndpoint } from './parts/node';
import { registryAnswers } from './parts/registry';
import { remoteExists, remoteUrl } from './parts/remote';
import { isRunning } from './process/identity';
import { readState, type StackState } from './state';
import { isDaemon, isNode, partNames, type PartName } from './words';

export interface PartStatus {
  readonly part: PartName;
  readonly up: boolean;
  readonly where: string;
  readonly pid?: number;
}

export const status = async (stateDir: string): Promise<readonly PartStatus[]> => {
  const layout = layoutOf(stateDir);
  const state = await readState(layout);
  if (state === undefined) return partNames.map((part) => ({ part, up: false, where: '' }));
  return Promise.all(partNames.map((part) => partStatus(layout, state, part)));
};

const partStatus = async (layout: Layout, state: StackState, part: PartName): Promise<PartStatus> => {
  const where = placeOf(layout, state, part);
  if (!isDaemon(part)) return { part, up: await answers(layout, state, part), where };
  const daemon = state.daemons[part];
  const running = daemon !== undefined && (await isRunning(daemon));
  return running
    ? { part, up: await answers(layout, state, part), where, pid: daemon.pid }
    : { part, up: false, where };
};

const answers = async (layout: Layout, state: StackState, part: PartName): Promise<boolean> => {
  if (isNode(part)) return nodeAnswers(layout, state.tools, part);
  if (part === 'remote') return remoteExists(layout);
  if (!(await registryAnswers(state.registryPort))) return false;
  return part === 'registry' || basesPresent(state.registryPort);
};

const placeOf = (layout: Layout, state: StackState, part: PartName): string => {
  if (isNode(part)) return nodeEndpoint(layout, part);
  if (part === 'remote') return remoteUrl(layout);
  return part === 'registry' ? `127.0.0.1:${state.registryPort}` : `127.0.0.1:${state.registryPort}/base/python`;
};

export const statusLines = (parts: readonly PartStatus[]): string =>
  parts
    .map(({ part, up, where, pid }) =>
      [part.padEnd(9), (up ? 'up' : 'down').padEnd(5), where, ...(pid === undefined ? [] : [`(pid ${pid})`])]
        .join(' ')
        .trimEnd(),
    )
    .join('\n')
    .concat('\n');
