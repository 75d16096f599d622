/** All kinds of faults there are. */
import type { FaultKind } from '../fault';
import { clocks } from './clock';
import { deaths } from './death';
import { disks } from './disk';
import { https } from './http';
import { underNx } from './nx';
import { races } from './race';
import { servers } from './server';
import { wires } from './wire';

export const kinds: readonly FaultKind[] = [
  ...deaths,
  ...underNx,
  ...disks,
  ...servers,
  ...races,
  ...wires,
  ...https,
  ...clocks,
];
