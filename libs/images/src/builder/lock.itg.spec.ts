import { once } from 'node:events';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { lockAddress, withMachineLock } from './lock';

it('is free again when its holder is killed', async () => {
  const script = [
    `const { withMachineLock } = require(${JSON.stringify(join(__dirname, 'lock.ts'))});`,
    `void withMachineLock(['a test of ${process.pid}'], () => { console.log('held'); return new Promise(() => setInterval(() => 0, 1e6)); });`,
  ].join('\n');
  const holder = spawn(process.execPath, ['--require', '@swc-node/register', '--eval', script], {
    cwd: join(__dirname, '../../../..'),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(holder.stdout, 'data');
  const order: string[] = [];
  const waiting = withMachineLock([`a test of ${process.pid}`], async () => void order.push('taken'));
  order.push('killed');
  holder.kill('SIGKILL');
  await waiting;
  expect(order).toEqual(['killed', 'taken']);
});

it('is given to one after the other, and freed by a failure', async () => {
  let inside = 0;
  const work = () =>
    withMachineLock(['one after the other'], async () => {
      inside += 1;
      await new Promise((resolve) => setImmediate(resolve));
      expect(inside).toBe(1);
      inside -= 1;
    });
  const failing = withMachineLock(['one after the other'], () => Promise.reject(new Error('oops')));
  await expect(failing).rejects.toThrow('oops');
  await Promise.all([work(), work(), work()]);
});

it('is any one of several, and then the first to be free', async () => {
  const order: string[] = [];
  const hold = (who: string) => {
    let free: () => void = () => undefined;
    const freed = new Promise<void>((resolve) => void (free = resolve));
    let waits: Promise<void> | undefined;
    const held = new Promise<void>((resolve) => {
      waits = new Promise<void>((isWaiting) => {
        const action = () => (order.push(who), resolve(), freed);
        ended.push(withMachineLock(['slot one', 'slot two'], action, { limitMs: Infinity, onWait: isWaiting }));
      });
    });
    return { held, free, waits };
  };
  const ended: Promise<void>[] = [];
  const [a, b] = [hold('a'), hold('b')];
  await Promise.all([a.held, b.held]);
  const c = hold('c');
  await c.waits;
  order.push('b is free');
  b.free();
  await c.held;
  expect(order.slice(2)).toEqual(['b is free', 'c']);
  a.free();
  c.free();
  await Promise.all(ended);
});

it('is given up when it is not free within the limit', async () => {
  const name = ['held for ever'] as const;
  await withMachineLock(name, async () => {
    await expect(withMachineLock(name, () => Promise.resolve(), { limitMs: 0 })).rejects.toThrow(
      'another process has been at work on held for ever',
    );
  });
});

it.each(['linux', 'darwin', 'win32'] as const)('has an address of its own for each name on %s', (platform) => {
  expect(lockAddress('a', platform)).toEqual(lockAddress('a', platform));
  expect(lockAddress('a', platform)).not.toEqual(lockAddress('b', platform));
});
