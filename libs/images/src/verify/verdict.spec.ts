import type { VerifiedLeg } from '@nx-ci-cache/records';
import { firstThatRan, isCacheable, isRunning } from './own-steps';
import { containerArguments } from './empty-builder';
import { verdictSaid, verifyFaults } from './verdict';

const warm: VerifiedLeg = {
  ...{ leg: 'ci-3.11-linux-amd64', platform: 'linux/amd64', cacheRef: 'r/cache:ci', problems: [] },
  steps: { total: 5, cached: 5 },
};
const missed = { ...warm, leg: 'ci-3.13-linux-amd64', steps: { total: 5, cached: 3 }, missed: '[4/5] RUN make' };

it('says how many steps of how many legs were cached', () => {
  expect(verdictSaid([warm, missed])).toBe('verify: 8 of 10 steps CACHED over 2 legs');
  expect(verdictSaid([])).toBe('verify: 0 of 0 steps CACHED over 0 legs');
});

it.each<[string, readonly VerifiedLeg[], number, readonly string[]]>([
  ['all there', [warm], 1, []],
  ['no leg at all', [], 0, ['there is no step that a cache could hold']],
  ['a leg left out', [warm], 2, ['1 of 2 legs were looked at']],
  [
    'a step that ran',
    [warm, { ...missed, reasons: ['the Dockerfile changed'] }],
    2,
    ['ci-3.13-linux-amd64: the first step that is not cached is [4/5] RUN make (the Dockerfile changed)'],
  ],
  [
    'a step that nobody got to',
    [{ ...warm, steps: { total: 5, cached: 4 } }],
    1,
    ['ci-3.11-linux-amd64: 4 of 5 steps CACHED'],
  ],
  ['a broken cache', [{ ...warm, problems: ['it is gone'] }], 1, ['ci-3.11-linux-amd64: it is gone']],
  [
    'a leg without steps beside another',
    [warm, { ...warm, leg: 'x', steps: { total: 0, cached: 0 } }],
    2,
    ['x has no step that a cache could hold'],
  ],
])('finds the fault of %s', (_what, legs, expected, faults) => {
  expect(verifyFaults(legs, expected)).toEqual(faults);
});

it.each([
  ['[deps 2/3] RUN make', true],
  ['[2/3] COPY . .', true],
  ['[linux/arm64 stage-1  9/10] WORKDIR /app', true],
  ['[1/3] FROM example.com/base', false],
  ['[internal] load build context', false],
  ['importing cache manifest from r/cache', false],
])('%s is a step that a cache can hold: %s', (name, expected) => {
  expect(isCacheable({ name })).toBe(expected);
});

it('takes for the first step that ran the one that began first, in whatever order they are told', () => {
  const ran = (name: string, startedAt: number) => ({ name, cached: false, startedAt });
  const steps = [ran('RUN', 3), { name: 'waits', cached: false }, { ...ran('hit', 1), cached: true }, ran('COPY', 2)];
  expect(firstThatRan(steps)?.name).toBe('COPY');
  expect(firstThatRan(steps.slice(1, 3))).toBeUndefined();
});

it('ends a build at a command that runs, and not at a folder that is made again', () => {
  const vertex = { digest: 'sha256:a', cached: false, completed: false, startedAt: 1 };
  expect(isRunning({ ...vertex, name: '[2/3] RUN make' })).toBe(true);
  expect(isRunning({ ...vertex, name: '[2/3] RUN make', cached: true })).toBe(false);
  expect(isRunning({ ...vertex, name: '[2/3] WORKDIR /app' })).toBe(false);
});

it('makes a container of its own where an engine runs', () => {
  expect(containerArguments('ci_cache_verify_a', ['linux/amd64'])).toEqual(
    '--name ci_cache_verify_a --driver docker-container --driver-opt network=host --platform linux/amd64 --bootstrap'.split(
      ' ',
    ),
  );
});
