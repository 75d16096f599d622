import { closeMatches } from './close-matches';

describe('closeMatches', () => {
  it.each([
    ['app:gaet', ['app:gate', 'app:gates'], 'a target one slip away comes first'],
    ['zzz', [], 'nothing that is merely short'],
  ])('%s: %j', (word, expected) => {
    expect(closeMatches(word, ['web:build', 'app:gates', 'app:gate', 'app:test'])).toEqual(expected);
  });
});
