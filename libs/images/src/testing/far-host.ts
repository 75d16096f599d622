/** Another host: a network namespace joined to ours by a virtual cable that can be cut, slowed and mended. */
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

export interface FarHost {
  /** Of ours on that cable, and of the other end. */
  readonly near: string;
  readonly far: string;
  /** Runs what follows it there. */
  readonly under: readonly string[];
  /** Nothing arrives any more, and nobody is told. */
  readonly cut: () => void;
  readonly slow: () => void;
  readonly mend: () => void;
  readonly remove: () => void;
}

/** Whether this account may make hosts. */
export const canMakeHosts = (): boolean => {
  const name = `cc-${randomBytes(4).toString('hex')}`;
  if (spawnSync('ip', ['netns', 'add', name], { stdio: 'ignore' }).status !== 0) return false;
  return spawnSync('ip', ['netns', 'del', name], { stdio: 'ignore' }).status === 0;
};

export const makeHost = (): FarHost => {
  const id = randomBytes(4);
  const [name, ours, theirs] = ['cc-', 'cca', 'ccb'].map((prefix) => prefix + id.toString('hex')) as [
    string,
    string,
    string,
  ];
  // A network of its own for each, in the range set aside for measurements.
  const net = `198.18.${id.readUInt8(0)}.${id.readUInt8(1) & 0xfc}`.split('.').map(Number);
  const [near, far] = [1, 2].map((host) => [...net.slice(0, 3), (net[3] ?? 0) + host].join('.')) as [string, string];
  const under = ['ip', 'netns', 'exec', name];
  ip('netns', 'add', name);
  ip('link', 'add', ours, 'type', 'veth', 'peer', 'name', theirs, 'netns', name);
  ip('addr', 'add', `${near}/30`, 'dev', ours);
  ip('link', 'set', ours, 'up');
  ip('-n', name, 'addr', 'add', `${far}/30`, 'dev', theirs);
  for (const device of [theirs, 'lo']) ip('-n', name, 'link', 'set', device, 'up');
  const plug = (state: 'up' | 'down') => ip('-n', name, 'link', 'set', theirs, state);
  return {
    ...{ near, far, under },
    cut: () => plug('down'),
    slow: () => tc('qdisc', 'replace', 'dev', ours, 'root', 'tbf', 'rate', '1mbit', 'burst', '16kb', 'latency', '1s'),
    mend: () => {
      plug('up');
      tc('qdisc', 'del', 'dev', ours, 'root');
    },
    // The cable goes with it.
    remove: () => ip('netns', 'del', name),
  };
};

const tc = (...args: string[]): void => void execFileSync('tc', args, { stdio: 'pipe' });
const ip = (...args: string[]): void => void execFileSync('ip', args, { stdio: 'pipe' });
