import type { CellFacts } from '@nx-ci-cache/records';
import { factsOfMode } from './image-cell';

const facts: CellFacts = {
  ...{ mode: 'm', python: '3.13', cutoff: '2026-05-01T00:00:00Z', resolver: 'uv 0.13.9' },
  ...{ indexUrl: 'https://index.example.com/simple', pageMaxAge: 2700, requirements: [], allowSdist: [] },
  ownPackages: ['acme'],
};

describe('factsOfMode', () => {
  it('leaves a resolved mode as it is', () => {
    expect(factsOfMode({}, facts)).toBe(facts);
  });

  it('takes index and resolver away from a frozen one: neither can move its pins', () => {
    const moved = { ...facts, indexUrl: 'https://other.example.com', resolver: 'uv 1', pageMaxAge: 1 };
    expect(factsOfMode({ image: 'ci' }, moved)).toEqual(factsOfMode({ image: 'ci' }, facts));
    expect(factsOfMode({ image: 'ci' }, facts)).toMatchObject({
      ...{ mode: 'm', python: '3.13', image: 'ci', cutoff: facts.cutoff, resolver: 'image ci', ownPackages: ['acme'] },
    });
  });
});
