/** Faults that a build and its publishing meet: no tag is moved but to what is whole, and the next run ends what is missing. */
import { drawn } from '@nx-ci-cache/process/src/testing/sample';
import { cases, isSlow } from './testing/sweep/cases';
import { inject, type Injection } from './testing/sweep/inject';
import { failures, summary } from './testing/sweep/summary';
import { startSweep, type Sweep } from './testing/sweep/sweep';

let sweep: Sweep;
const all: Injection[] = [];

beforeAll(async () => {
  sweep = await startSweep();
});
afterAll(async () => {
  await sweep?.stop();
  console.info(summary(all));
});

const sample = [
  ...drawn(
    cases.filter((each) => !isSlow(each)),
    5,
  ),
  ...drawn(cases.filter(isSlow), 1),
];

it.each(sample.map((each) => [each.name, each] as const))('%s', async (_name, fault) => {
  const injection = await inject(sweep, fault);
  all.push(injection);
  expect({ fired: injection.fired, failures: failures([injection]) }).toEqual({ fired: true, failures: [] });
});
