import { judgeDisk, judgeMachine } from './node';

it.each([
  ['linux/arm64', 'linux/arm64', 'well'],
  ['linux/386', 'linux/amd64', 'well'],
  ['linux/arm64', 'linux/amd64', 'advice'],
  ['linux/arm64', undefined, 'unseen'],
])('%s on a machine of %s is %s', (platform, machine, verdict) => {
  expect(judgeMachine('n', platform, machine)).toMatchObject({ verdict });
});

it.each([
  [42e9, 'well', 'n has 42.0 GB free'],
  [4.2e9, 'advice', 'n has 4.2 GB free'],
  [0, 'wrong', 'n has 0.0 GB free'],
  [undefined, 'unseen', 'n: no program of ours asks on this platform'],
])('%s bytes free are %s', (free, verdict, says) => {
  expect(judgeDisk('n', 'b', free)).toMatchObject({ verdict, says });
});
