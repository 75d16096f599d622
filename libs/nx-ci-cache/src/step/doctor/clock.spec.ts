import { judgeClock } from './clock';

it.each([
  [0, 'well', 'n and this machine agree on the time'],
  [59_999, 'well', 'n and this machine agree on the time'],
  [90_000, 'wrong', "the clock of n is 90 s ahead of this machine's"],
  [-3_600_000, 'wrong', "the clock of n is 3600 s behind this machine's"],
])('%i ms ahead is %s', (ahead, verdict, says) => {
  expect(judgeClock('n', ahead)).toMatchObject({ verdict, says });
});
