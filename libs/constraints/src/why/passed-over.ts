/** Newer releases that the cell cannot have, by what the index says of their files: nothing is built to know. */
import { compare } from '@renovatebot/pep440';
import type { CellFacts, Hidden } from '@nx-ci-cache/records';
import { newestVersion } from '../indexes/seen';
import type { SeenRelease } from '../indexes/releases';
import { isAdmitted } from '../requirements/requires-python';
import { mayBuild } from '../requirements/sdists';

type PassedOver = Exclude<Hidden, { readonly by: 'unknown' }>;

/**
 * Of each kind the newest that is above.
 * @param newerPatch patch release of the cell's Python that people could write; undefined when there is none.
 */
export const passedOver = (
  name: string,
  releases: readonly SeenRelease[],
  above: string,
  { allowSdist }: Pick<CellFacts, 'allowSdist'>,
  newerPatch?: string,
): readonly PassedOver[] => {
  const found = releases
    .filter(({ version }) => compare(version, above) > 0)
    .flatMap((release) => hiddenBy(release, mayBuild(name, allowSdist), newerPatch) ?? []);
  return [...new Set(found.map(({ by }) => by))].flatMap((by) => {
    const ofKind = found.filter((each) => each.by === by);
    return ofKind.find(({ version }) => version === newestVersion(ofKind.map((each) => each.version))) ?? [];
  });
};

const hiddenBy = (
  { version, admitted, requiresPython = '', wheel, glibc, sdist }: SeenRelease,
  isBuilt: boolean,
  patch: string | undefined,
): PassedOver | undefined => {
  if (!admitted) {
    return patch !== undefined && isAdmitted(patch, requiresPython)
      ? { by: 'patch', version, requires: requiresPython, patch }
      : { by: 'python', version, requires: requiresPython };
  }
  if (wheel || (sdist && isBuilt)) return undefined;
  if (glibc !== undefined) return { by: 'platform', version, needs: `manylinux_2_${glibc}` };
  return sdist ? { by: 'sdist', version } : { by: 'wheel', version };
};
