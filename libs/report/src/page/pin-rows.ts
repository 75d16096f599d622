/** The rows of one file: every pin it has, and every one it lost, with all that is known of it. */
import { heldText, type FileChanges, type HeldPin, type PinChange } from '@nx-ci-cache/records';
import type { PageFile, PageRow, PinMark } from './page-data';
import type { ReportedFile } from './page-run';
import { yankedWords } from '../words';
import { releasePages } from './release-pages';

export const pageFile = (
  { file, mode, python, pins, indexUrl }: ReportedFile,
  compared: FileChanges | undefined,
  held: readonly HeldPin[],
): PageFile => {
  const changes = new Map((compared?.changes ?? []).map((change) => [change.name, change]));
  const holds = new Map(held.map((pin) => [pin.name, pin]));
  // Every pin of a new file is added, which says nothing of any of them.
  const isPublished = compared?.published ?? true;
  const present = pins.map(({ name, version, isPrerelease }) =>
    pageRow({
      name,
      version,
      isPrerelease,
      change: isPublished ? changes.get(name) : undefined,
      hold: holds.get(name),
    }),
  );
  const gone = [...changes.values()]
    .filter(({ kind }) => kind === 'removed')
    .map((change) => pageRow({ ...change, change }));
  const rows = [...present, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1));
  const pages = releasePages(indexUrl);
  return {
    ...{ file, mode, python, isPublished, pins: pins.length, counts: countsOf(rows), rows },
    ...(pages === undefined ? {} : { pages }),
  };
};

interface Known {
  readonly name: string;
  readonly version?: string;
  readonly isPrerelease?: boolean;
  readonly change?: PinChange | undefined;
  readonly hold?: HeldPin | undefined;
}

const pageRow = ({ name, version, isPrerelease = false, change, hold }: Known): PageRow => {
  const { uploaded, ageDays, yanked, unknown } = change?.release ?? {};
  const marks: PinMark[] = [
    ...(change === undefined ? [] : [change.kind]),
    ...(hold === undefined ? [] : (['held'] as const)),
    ...(yanked === undefined ? [] : (['yanked'] as const)),
    ...(isPrerelease ? (['prerelease'] as const) : []),
  ];
  const notes = [
    ...(hold === undefined ? [] : [heldText(hold)]),
    ...(yanked === undefined ? [] : [yankedWords(yanked)]),
    ...(unknown === undefined ? [] : [`the index could not be asked: ${unknown}`]),
    ...[change?.withdrawn ?? []].flat(),
  ];
  return {
    name,
    ...(version === undefined ? {} : { version }),
    ...(change?.from === undefined ? {} : { from: change.from }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(uploaded === undefined ? {} : { uploaded }),
    ...(ageDays === undefined ? {} : { ageDays }),
    ...(change?.requiredBy === undefined ? {} : { requiredBy: change.requiredBy }),
    ...(notes.length === 0 ? {} : { notes }),
  };
};

const countsOf = (rows: readonly PageRow[]): PageFile['counts'] => {
  const count = (mark: PinMark) => rows.filter(({ marks }) => marks?.includes(mark)).length;
  return {
    upgraded: count('upgraded'),
    downgraded: count('downgraded'),
    added: count('added'),
    removed: count('removed'),
    held: count('held'),
    yanked: count('yanked'),
    prerelease: count('prerelease'),
  };
};
