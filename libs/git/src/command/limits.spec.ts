import { steadyNow } from './clock';
import { limitsOf } from './limits';

it.each([
  ['none', Infinity, 60_000],
  ['far away', steadyNow() + 3_600_000, 60_000],
  ['over long ago', 0, 1000],
  ['about to be over', steadyNow() + 500, 1000],
])('a deadline that is %s', (_, endsAt, timeoutMs) => {
  expect(limitsOf({ endsAt })()).toEqual({ timeoutMs });
});

it('is the time left, and less each time it is asked for', () => {
  const limits = limitsOf({ endsAt: steadyNow() + 30_000 });
  const first = limits().timeoutMs;
  expect(first).toBeGreaterThan(1000);
  expect(first).toBeLessThan(60_000);
  expect(limits().timeoutMs).toBeLessThan(first);
});

it('knows no deadline but that of one command by itself, and hands on who may cancel', () => {
  const { signal } = new AbortController();
  expect(limitsOf({ signal })()).toEqual({ timeoutMs: 60_000, signal });
});
