/** Tables over Pythons and modes: where a package changed, and where modes of one Python disagree on it. */
import {
  modeWords,
  plainPlatform,
  type Cell,
  type Disagreement,
  type FileChanges,
  type MatrixRow,
} from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';

export interface ComparedFile {
  readonly cell: Cell;
  readonly pins: Pins;
  readonly published: Pins | undefined;
  readonly changes: FileChanges;
}

/** A row for each package that changed in a published file, with its version in every file that has it. */
export const matrixOf = (files: readonly ComparedFile[]): MatrixRow[] => {
  const changed = files.flatMap(({ changes }) => (changes.published ? changes.changes : []));
  const names = [...new Set(changed.map(({ name }) => name))].sort();
  return names.map((name) => ({ name, files: Object.fromEntries(files.flatMap((file) => entryOf(name, file))) }));
};

const entryOf = (
  name: string,
  { changes, pins, published }: ComparedFile,
): [string, { from?: string; to?: string }][] => {
  const [from, to] = [published?.get(name), pins.get(name)];
  if (from === undefined && to === undefined) return [];
  return [[changes.file, { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }]];
};

/** Packages that at least two modes of one Python pin, and not all to the same version; on each platform apart. */
export const disagreementsOf = (files: readonly ComparedFile[]): Disagreement[] => {
  const pythons = [...new Set(files.map(({ cell }) => cell.python))];
  const platforms = new Set([plainPlatform, ...files.flatMap(({ cell }) => cell.platform ?? [])]);
  const found = pythons.flatMap((python) =>
    [...platforms].flatMap((platform) =>
      disagreementsOn(
        python,
        files.filter(({ cell }) => cell.python === python && (cell.platform ?? platform) === platform),
      ),
    ),
  );
  // What a file for all platforms says, it says on each of them.
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
};

const disagreementsOn = (python: string, modes: readonly ComparedFile[]): Disagreement[] => {
  const names = [...new Set(modes.flatMap(({ pins }) => [...pins.keys()]))].sort();
  return names.flatMap((name) => {
    const versions = modes.flatMap(({ cell, pins }) => {
      const version = pins.get(name);
      return version === undefined ? [] : [[modeWords(cell), version] as const];
    });
    const disagree = new Set(versions.map(([, version]) => version)).size > 1;
    return disagree ? [{ python, name, versions: Object.fromEntries(versions) }] : [];
  });
};
