import { emulatedLast } from './emulated';

it.each([
  [{ ranOn: 'linux/amd64', seconds: 85.4 }, 'emulated on linux/amd64, 85 s last time'],
  [{ ranOn: 'linux/amd64' }, 'emulated on linux/amd64 last time'],
  [{ ranOn: 'linux/arm64', seconds: 9 }, undefined],
  [{ seconds: 1 }, undefined],
  [undefined, undefined],
])('of %j says %s', (last, words) => {
  expect(emulatedLast('linux/arm64', last)).toBe(words);
});
