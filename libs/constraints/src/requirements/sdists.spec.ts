import { mayBuild, sdistsOn } from './sdists';

describe('packages that may be built', () => {
  const allowed = ['Always', { name: 'cassandra-driver', pythons: ['3.13'] }];

  it.each([
    ['3.12', ['Always']],
    ['3.13', ['Always', 'cassandra-driver']],
  ])('on %s are %j', (python, expected) => {
    expect(sdistsOn(allowed, python)).toEqual(expected);
  });

  it('are all of them only by that word', () => {
    expect(sdistsOn('all', '3.13')).toBe('all');
    expect(mayBuild('anything', 'all')).toBe(true);
    expect(mayBuild('always', ['Always'])).toBe(true);
    expect(mayBuild('other', ['Always'])).toBe(false);
  });
});
