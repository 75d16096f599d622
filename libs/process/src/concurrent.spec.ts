import { mapConcurrently } from './concurrent';

it('keeps the order and the limit', async () => {
  let running = 0;
  let most = 0;
  const results = await mapConcurrently([3, 1, 2, 0], 2, async (value) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < value; turn++) await Promise.resolve();
    running--;
    return value * 10;
  });
  expect(results).toEqual([30, 10, 20, 0]);
  expect(most).toBe(2);
});

it('fails with the first failure', async () => {
  await expect(mapConcurrently([1], 8, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('starts no further call after the first failure, and waits for those it started', async () => {
  const started: number[] = [];
  const ended: number[] = [];
  const all = mapConcurrently([0, 1, 2, 3, 4, 5], 3, async (value) => {
    started.push(value);
    for (let turn = 0; turn < value * 10; turn++) await Promise.resolve();
    ended.push(value);
    if (value !== 2) throw new Error(`failure ${value}`);
  });
  await expect(all).rejects.toThrow('failure 0');
  expect(started).toEqual([0, 1, 2]);
  expect(ended).toEqual([0, 1, 2]);
});
