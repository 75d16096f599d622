import { once } from 'node:events';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { lockAddress, withMachineLock } from './lock';

it('is free again when its holder is killed', async () => {
  const script = [
    `const { withMachineLock } = require(${JSON.stringify(join(__dirname, 'lock.ts'))});`,
    `void withMachineLock('a test of ${process.pid}', () => { console.log('held'); return new Promise(() => setInterval(() => 0, 1e6)); });`,
  ].join('\n');
  const holder = spawn(process.execPath, ['--require', '@swc-node/register', '--eval', script], {
    cwd: join(__dirname, '../../../..'),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(holder.stdout, 'data');
  const order: string[] = [];
  const waiting = withMachineLock(`a test of ${process.pid}`, async () => void order.push('taken'));
  order.push('killed');
  holder.kill('SIGKILL');
  await waiting;
  expect(order).toEqual(['killed', 'taken']);
});

it('is given to one after the other, and freed by a failure', async () => {
  let inside = 0;
  const work = () =>
    withMachineLock('one after the other', async () => {
      inside += 1;
      await new Promise((resolve) => setImmediate(resolve));
      expect(inside).toBe(1);
      inside -= 1;
    });
  const failing = withMachineLock('one after the other', () => Promise.reject(new Error('oops')));
  await expect(failing).rejects.toThrow('oops');
  await Promise.all([work(), work(), work()]);
});

it.each(['linux', 'darwin', 'win32'] as const)('has an address of its own for each name on %s', (platform) => {
  expect(lockAddress('a', platform)).toEqual(lockAddress('a', platform));
  expect(lockAddress('a', platform)).not.toEqual(lockAddress('b', platform));
});
