import { pageRun } from '../testing/page-run';
import { stepOf } from '../testing/run';
import { timelineOf } from './timeline';

const step = (name: string, from: number, to: number, build?: object) => ({
  ...{ ...stepOf('buildx-refresh', 'done'), step: name, ...(build && { build }) },
  made: { run: 'r', startedAt: new Date(from * 1000).toISOString(), endedAt: new Date(to * 1000).toISOString() },
});

it('finds the chain that decided how long the run took', () => {
  const { bars = [], seconds } = timelineOf(pageRun().steps) ?? {};
  expect(seconds).toBe(52);
  expect(bars.filter(({ critical }) => critical).map(({ step: name }) => name)).toEqual([
    ...['snapshot', 'generate-constraints', 'check-constraints', 'push-constraints'],
    ...['buildx-refresh--ci-3.12-linux-arm64', 'buildx-refresh--ci-3.14-linux-arm64'],
  ]);
  expect(bars.find(({ step: name }) => name.includes('3.12'))).toMatchObject({
    lane: 'second',
    emulatedOn: 'linux/amd64',
  });
});

it('tells what could be saved of it, the most first', () => {
  const steps = [
    step('a', 0, 10, { node: 'n', seconds: 10, criticalPathSeconds: 10 }),
    step('b', 12, 20, { node: 'n', seconds: 8, criticalPathSeconds: 5 }),
  ];
  expect(timelineOf(steps)?.recoverable).toEqual([
    { seconds: 10, how: 'legs waited for their node: one more node would save it' },
    { seconds: 3, how: 'legs took longer than their longest chain of steps: more cores would save it' },
    { seconds: 2, how: 'spent between two steps' },
  ]);
});

it('leaves out what another run did', () => {
  expect(timelineOf([{ ...step('a', 0, 10), replayed: true }, stepOf('b', 'skipped')])).toBeUndefined();
});
