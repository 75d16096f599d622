import { isSkipped } from './transport';

it.each<[string, string | undefined, Record<string, string>, boolean]>([
  ['a server that is there, at work', undefined, {}, false],
  ['a server that is there, in a CI', undefined, { CI: 'true' }, false],
  ['a missing server, at work', 'run tools/setup', {}, true],
  ['a missing server, in a CI', 'run tools/setup', { CI: 'true' }, false],
])('%s', (_, missing, environment, skipped) => {
  expect(isSkipped(missing, environment)).toBe(skipped);
});
