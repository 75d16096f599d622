import { watchdog } from './watchdog';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('barks when nothing was seen for long enough', () => {
  const guard = watchdog(() => 100);
  jest.advanceTimersByTime(90);
  guard.seen();
  jest.advanceTimersByTime(90);
  expect(guard.signal.aborted).toBe(false);
  jest.advanceTimersByTime(20);
  expect([guard.signal.aborted, guard.barked()]).toEqual([true, true]);
});

it('waits no longer than it may by now', () => {
  let quietMs = 100;
  const guard = watchdog(() => quietMs);
  quietMs = 10;
  guard.seen();
  jest.advanceTimersByTime(20);
  expect(guard.barked()).toBe(true);
});

it('passes on a cancellation without barking', () => {
  const outer = new AbortController();
  const guard = watchdog(() => 100, outer.signal);
  outer.abort();
  expect([guard.signal.aborted, guard.barked()]).toEqual([true, false]);
  guard.stop();
});
