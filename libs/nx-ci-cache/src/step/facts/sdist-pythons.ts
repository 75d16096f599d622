/** Which Python of this machine builds sdists for each Python of `cells`; people are told where it has to be another one. */
import type { Cell } from '@nx-ci-cache/records';
import { observeSdistPython } from '@nx-ci-cache/constraints';
import type { StepContext } from '../context/context';

/** Full versions by Python. @throws CiCacheError `ResolveFailed` on a machine without any. */
export const sdistPythonsOf = async (
  cells: readonly Cell[],
  { say }: Pick<StepContext, 'say'>,
): Promise<ReadonlyMap<string, string>> => {
  const pythons = [...new Set(cells.map(({ python }) => python))];
  const found = await Promise.all(
    pythons.map(async (python): Promise<[string, string]> => [python, await observeSdistPython(python)]),
  );
  for (const [python, version] of found) {
    if (!version.startsWith(`${python}.`))
      say(`sdists for Python ${python} are built by Python ${version}, the one here`);
  }
  return new Map(found);
};
