/** Facts of a cell whose mode freezes an image: only what its pins and its header are made from, so that nothing else misses it. */
import type { CellFacts, Mode } from '@nx-ci-cache/records';

/** The facts as they are for a mode that is resolved; without index and resolver for one that freezes an image. */
export const factsOfMode = ({ image }: Pick<Mode, 'image'>, facts: CellFacts): CellFacts => {
  if (image === undefined) return facts;
  const { mode, python, cutoff, ownPackages } = facts;
  return {
    ...{ mode, python, image, cutoff, resolver: `image ${image}` },
    ...{ indexUrl: '', pageMaxAge: 0, requirements: [], allowSdist: [] },
    ...(ownPackages === undefined ? {} : { ownPackages }),
  };
};
