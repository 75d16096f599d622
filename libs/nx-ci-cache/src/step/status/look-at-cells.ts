/** Each constraint file held against what it would be made from now, as far as that is known without resolving. */
import {
  indexesOf,
  newsOfPins,
  pagesOnce,
  pinsOf,
  readLines,
  type Pages,
  type PinNews,
} from '@nx-ci-cache/constraints';
import { counted, mapConcurrently } from '@nx-ci-cache/process';
import { cellName, cellsOf, constraintFile, type CellFacts } from '@nx-ci-cache/records';
import type { CellStatus, NewerReleases, Trouble } from '@nx-ci-cache/report';
import type { StepContext } from '../context/context';
import { legSpecs } from '../context/leg-specs';
import { observeLinux } from '../facts/observe-linux';
import { observeResolving, readCells, type ReadCell } from '../facts/write-cells';
import { attempt } from './attempt';
import { sourcesOnce, type SourceReasons } from './cell-sources';
import { sourceOfFile, type SeenBranch } from './look-at-branch';

export interface SeenCells {
  readonly cells: readonly CellStatus[];
  readonly troubles: readonly Trouble[];
  readonly notes: readonly string[];
}

const cellsAtOnce = 4;

export const lookAtCells = async (seen: SeenBranch, context: StepContext): Promise<SeenCells> => {
  const { branch, published } = seen;
  const { value: read, troubles } = await attempt('requirements and package index', async () => {
    const linuxOf = await observeLinux(legSpecs(context, branch), branch, context);
    return readCells(context, branch, published, { ...(await observeResolving(context)), linuxOf });
  });
  if (read === undefined) return { cells: publishedCells(seen, context), troubles, notes: [] };
  const world = { seen, pages: pagesOnce({ environment: context.environment }), sources: sourcesOnce(context) };
  const looked = await mapConcurrently(read, cellsAtOnce, (each) => lookAtCell(each, world));
  const unseen = looked.flatMap(({ cell: { releases } }) => (releases === undefined ? [] : [releases]));
  const isDeaf = unseen.length > 0 && unseen.every(({ asked, unknown }) => asked > 0 && unknown === asked);
  const [why] = looked.flatMap((each) => each.why ?? []);
  return {
    cells: looked.map(({ cell }) => cell),
    troubles: isDeaf ? [{ what: 'package index', says: why ?? 'it told nothing' }] : [],
    notes: [...new Set(looked.flatMap(({ notes }) => notes))],
  };
};

/** All that is known when there is nothing to compare with. */
export const publishedCells = (seen: SeenBranch | undefined, { config }: StepContext): CellStatus[] =>
  cellsOf(config).map((cell) => {
    const file = constraintFile(cell);
    const text = seen?.published[file];
    const state = seen !== undefined && text === undefined ? 'absent' : 'unknown';
    return {
      cell: cellName(cell),
      file,
      state,
      reasons: [],
      ...(seen && text !== undefined ? known(pinsOf(readLines(text)).size, sourceOfFile(seen, file)) : {}),
    };
  });

const known = (pins: number, source: ReturnType<typeof sourceOfFile>) => ({
  pins,
  ...(source === undefined ? {} : { cutoff: source.cutoff, sourceCommit: source.commit }),
});

interface LookedAt {
  readonly cell: CellStatus;
  readonly notes: readonly string[];
  /** Why the index told nothing of a pin. */
  readonly why?: string;
}

interface World {
  readonly seen: SeenBranch;
  readonly pages: Pages;
  readonly sources: SourceReasons;
}

const lookAtCell = async ({ cell, facts, files }: ReadCell, { seen, pages, sources }: World): Promise<LookedAt> => {
  const file = constraintFile(cell);
  const named = { cell: cellName(cell), file };
  const text = seen.published[file];
  if (text === undefined) return { cell: { ...named, state: 'absent', reasons: ['not on the branch yet'] }, notes: [] };
  const [pins, source] = [pinsOf(readLines(text)), sourceOfFile(seen, file)];
  if (source === undefined) {
    const notes = [`what ${file} was made from: the tip of ${seen.status.name} does not say`];
    return { cell: { ...named, state: 'unknown', reasons: [], ...known(pins.size, source) }, notes };
  }
  const changed = await attempt(file, () => sources(cell, source.commit, files));
  const news = takesNewer(facts) ? await newsOfPins(pins, facts, source.cutoff, pages) : undefined;
  const releases = news && summary(news);
  const reasons = [...(changed.value ?? []), ...newerReasons(releases), ...frozenReasons(facts, source.cutoff)];
  const isUnseen = changed.value === undefined && reasons.length === 0;
  const [why] = news?.flatMap((each) => each.unknown ?? []) ?? [];
  return {
    cell: {
      ...named,
      state: reasons.length > 0 ? 'stale' : isUnseen ? 'unknown' : 'fresh',
      reasons,
      ...known(pins.size, source),
      ...(releases === undefined ? {} : { releases }),
    },
    notes: [
      ...(changed.value === undefined ? [unseenSource(source.commit)] : []),
      ...(releases === undefined ? [] : undated(facts)),
      ...(releases !== undefined && releases.unknown > 0 && releases.unknown < releases.asked
        ? [`${counted(releases.unknown, 'pin')} of ${named.cell}: ${why}`]
        : []),
    ],
    ...(why === undefined ? {} : { why }),
  };
};

/** Pins of a lock or of an image come from there; kept ones stay, and the lowest are no newer for a newer release. */
const takesNewer = ({ locked, image, keep, resolution, keyring }: CellFacts): boolean =>
  locked === undefined && image === undefined && keep === undefined && resolution === undefined && keyring !== true;

const mostExamples = 10;

const summary = (news: readonly PinNews[]): NewerReleases => {
  const since = news.flatMap(({ name, pinned, since: newest }) =>
    newest === undefined ? [] : [{ name, pinned, newest }],
  );
  return {
    asked: news.length,
    newer: news.filter(({ newest }) => newest !== undefined).length,
    newSince: since.length,
    yanked: news.filter(({ yanked }) => yanked).length,
    unknown: news.filter(({ unknown }) => unknown !== undefined).length,
    examples: since.slice(0, mostExamples),
  };
};

const newerReasons = (releases: NewerReleases | undefined): string[] => {
  if (releases === undefined) return [];
  const { newSince, yanked, examples } = releases;
  const [first] = examples;
  const such = first === undefined ? '' : `, such as ${first.name} ${first.newest}`;
  return [
    ...(newSince === 0 ? [] : [`newer releases of ${counted(newSince, 'pin')} since its cut-off${such}`]),
    ...(yanked === 0 ? [] : [`${counted(yanked, 'pin')} yanked`]),
  ];
};

const frozenReasons = ({ image, cutoff }: CellFacts, before: string): string[] =>
  image === undefined || cutoff <= before ? [] : [`the image ${image} would be built and frozen at the newer cut-off`];

const unseenSource = (commit: string): string =>
  `whether sources changed since ${commit}: this checkout does not have that commit; git fetch --unshallow may bring it`;

const undated = (facts: CellFacts): string[] =>
  indexesOf(facts)
    .filter(({ fingerprint }) => fingerprint !== undefined)
    .map(({ name }) => `what is new at the index ${name}: it has no upload times`);
