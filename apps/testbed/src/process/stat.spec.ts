/** Lines as the kernel wrote them: a zombie is gone when no other thread of it lives. */
import { isGone, parseStat } from './stat';

it.each([
  ['a running process', 'S', 1, false],
  ['a running process of many threads', 'R', 11, false],
  ['a zombie whose other thread still runs', 'Z', 2, false],
  ['a zombie', 'Z', 1, true],
  ['a dead process', 'X', 0, true],
])('%s', (_name, state, threads, gone) => {
  const line = `32304 (python3) ${state} 32219 32210 16100 0 -1 4227148 344 0 0 0 0 0 0 0 20 0 ${threads} 0 2743743 0 0`;
  const stat = parseStat(line);
  expect(stat && isGone(stat)).toBe(gone);
});
