import { isOwn, ownPackages } from './own-packages';

describe('own packages', () => {
  it.each([
    ['acme-core', ['Acme.Core'], true],
    ['acme-core', ['acme-*'], true],
    ['acme', ['acme-*'], false],
    ['acmexcore', ['acme.core'], false],
    ['acme', ['(', '[acme', 'acme+', ''], false],
    ['acme-c++', ['acme-c+*'], true],
    ['acme-public', ['acme-*', '!acme-public'], false],
    ['acme-public', ['!Acme.Public', 'acme-*', 'acme-public'], false],
    ['acme-core', ['acme-*', '!acme-public'], true],
    ['other', ['!acme-public'], false],
  ])('%s by %j: %s', (name, own, is) => {
    expect(isOwn(name, own)).toBe(is);
  });

  it('keep their order and their exceptions, and hold no released member', () => {
    expect(ownPackages(['b', 'c'], ['a', '!c'])).toEqual(['b', 'a', '!c']);
  });
});
