/** A disk that is full or broken, on our side and on the server's. */
import type { FaultKind } from '../fault';
import { commands, underStrace } from './death';
import { serverUnder } from './server';
import { failDisk } from './system-calls';

const faults = ['ENOSPC', 'EIO'] as const;

const onOurSide = (error: (typeof faults)[number]): FaultKind => ({
  name: `${error} for git on our side`,
  transports: ['file', 'http'],
  ends: ['pushed', 'already-applied', 'refused', 'failed', 'error'],
  onFresh: true,
  weight: 3,
  arm: (world, random) => underStrace(world, random.pick(commands), failDisk(error, random)),
});

const onTheServer = (error: (typeof faults)[number]): FaultKind => ({
  name: `${error} on the server`,
  transports: ['http'],
  ends: ['pushed', 'already-applied', 'refused', 'failed', 'error'],
  onFresh: true,
  weight: 3,
  arm: (world, random) => serverUnder(world, random, failDisk(error, random)),
});

export const disks: readonly FaultKind[] = [...faults.map(onOurSide), ...faults.map(onTheServer)];
