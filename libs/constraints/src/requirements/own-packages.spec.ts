import { isOwn, ownPackages } from './own-packages';

describe('own packages', () => {
  it.each([
    ['acme-core', ['Acme.Core'], true],
    ['acme-core', ['acme-*'], true],
    ['acme', ['acme-*'], false],
    ['acmexcore', ['acme.core'], false],
    ['acme', ['(', '[acme', 'acme+', ''], false],
    ['acme-c++', ['acme-c+*'], true],
  ])('%s by %j: %s', (name, own, is) => {
    expect(isOwn(name, own)).toBe(is);
  });

  it('keep their order', () => {
    expect(ownPackages(['b', 'c'], ['a', '!c'])).toEqual(['b', 'a']);
  });
});
