/** `cells/<cell>.json`: all that one cell depends on, read and observed before it runs, so that a cache hit on it is true. */
import { rm } from 'node:fs/promises';
import { type BranchFacts, type Cell, type CellFacts, cellsOf, constraintFile, type Mode } from '@nx-ci-cache/records';
import {
  exemptUntil,
  findOwnPackages,
  observeIndexes,
  observeResolver,
  pageMaxAge,
  pinsToKeep,
  readMode,
  sdistsOn,
  unprovenWarning,
  type IndexFacts,
  type ModeFacts,
  type ReadMode,
} from '@nx-ci-cache/constraints';
import { writeJson } from '@nx-ci-cache/process';
import type { StepContext } from '../context/context';
import { refuseEditedSources } from './clean-sources';
import { factsOfMode } from './image-cell';
import type { LinuxOf } from './observe-linux';
import { sdistPythonsOf } from './sdist-pythons';

/** What resolves, and from where: seen while the branch is asked, of which it knows nothing. */
export interface Resolving {
  readonly indexes: IndexFacts;
  readonly resolver: string;
}

/** The Linux is known only once the images are. */
type ResolvingOn = Resolving & { readonly linuxOf: LinuxOf };

export const observeResolving = async ({ config, environment }: StepContext): Promise<Resolving> => {
  const [indexes, resolver] = await Promise.all([observeIndexes(config.index, { environment }), observeResolver()]);
  return { indexes, resolver };
};

export interface ReadCell {
  readonly cell: Cell;
  readonly facts: CellFacts;
  /** What was read for its mode, relative to the workspace; one of them may be missing. */
  readonly files: readonly string[];
}

/** @param published files on the constraints branch by name. */
export const writeCells = async (
  context: StepContext,
  branch: CellsAt,
  published: Readonly<Record<string, string>>,
  resolving: ResolvingOn,
): Promise<void> => {
  const { paths, at } = context;
  const cells = await readCells(context, branch, published, resolving);
  await rm(at(paths.cells), { recursive: true, force: true });
  for (const { cell, facts } of cells) await writeJson(at(paths.cellFacts(cell)), facts);
};

type CellsAt = Pick<BranchFacts, 'cutoff' | 'sourceCommit' | 'preview'>;

/** Writes nothing. @throws CiCacheError for sources that are missing, ill-formed or not committed, or an index without an answer. */
export const readCells = async (
  context: StepContext,
  branch: CellsAt,
  published: Readonly<Record<string, string>>,
  { indexes, resolver, linuxOf }: ResolvingOn,
): Promise<readonly ReadCell[]> => {
  const { config } = context;
  const { cutoff } = branch;
  const common = { cutoff, ...indexes, pageMaxAge: pageMaxAge(config.index), resolver };
  const warning = unprovenWarning(common.resolver);
  if (warning !== undefined) context.say(`warning: ${warning}`);
  const modes = await observeModes(context, cutoff, indexes);
  for (const note of new Set([...modes.values()].flatMap(({ notes }) => notes))) context.say(`warning: ${note}`);
  await refuseEditedSources([...modes.values()], branch, context);
  const sdistsOf = ({ mode, python }: Cell) => sdistsOn(modes.get(mode)?.mode.allowSdist ?? [], python);
  const mayBuild = (cell: Cell) => sdistsOf(cell).length > 0;
  const sdistPythons = await sdistPythonsOf(cellsOf(config).filter(mayBuild), context);
  return cellsOf(config).map((cell) => {
    const { mode, facts, files, locked } = modes.get(cell.mode) as ObservedMode;
    const target = { ...targetOf(cell, config), ...linuxFact(linuxOf(cell)) };
    const sdistPython = mayBuild(cell) ? sdistPythons.get(cell.python) : undefined;
    const all: CellFacts = {
      ...cell,
      ...common,
      ...target,
      ...facts,
      ...(locked && { locked: locked({ ...cell, ...target }) }),
      allowSdist: sdistsOf(cell),
      ...(sdistPython && { sdistPython }),
      ...keepOf(mode, cell, published, context),
    };
    return { cell, facts: factsOfMode(mode, all), files };
  });
};

/** The patch release, and the further platforms of a file that serves all. */
const targetOf = (
  { python, platform: own }: Cell,
  { patches = {}, platforms }: StepContext['config'],
): Pick<CellFacts, 'patch' | 'platforms'> => {
  const patch = patches[python];
  const others = platforms.filter((platform) => !platform.startsWith('linux/amd64'));
  return {
    ...(patch !== undefined && { patch }),
    ...(own === undefined && others.length > 0 && { platforms: others }),
  };
};

const linuxFact = (linux: string | undefined): Pick<CellFacts, 'linux'> => (linux === undefined ? {} : { linux });

interface ObservedMode extends Omit<ReadMode, 'facts'> {
  readonly mode: Mode;
  readonly facts: ModeFacts & Pick<CellFacts, 'exempt'>;
}

const observeModes = async (
  context: StepContext,
  cutoff: string,
  indexes: IndexFacts,
): Promise<ReadonlyMap<string, ObservedMode>> => {
  const { config, workspaceRoot } = context;
  const found = await findOwnPackages(workspaceRoot);
  const modes = config.modes.map(async (mode): Promise<[string, ObservedMode]> => {
    const { facts, ...read } = await readMode({ workspaceRoot, config, mode }, found);
    return [mode.name, { mode, ...read, facts: { ...facts, ...(await exemptOf(mode, cutoff, indexes, context)) } }];
  });
  return new Map(await Promise.all(modes));
};

const exemptOf = async (
  { resolving = {} }: Mode,
  cutoff: string,
  indexes: IndexFacts,
  { environment }: StepContext,
): Promise<Pick<CellFacts, 'exempt'>> => {
  const names = resolving.cutoffExempt ?? [];
  if (names.length === 0) return {};
  const until = await Promise.all(names.map((name) => exemptUntil(name, cutoff, indexes, { environment })));
  return { exempt: Object.fromEntries(names.map((name, at) => [name, until[at] ?? cutoff])) };
};

const keepOf = (
  { resolving = {} }: Mode,
  cell: Cell,
  published: Readonly<Record<string, string>>,
  { switches }: StepContext,
): Pick<CellFacts, 'keep'> => {
  const keep = resolving.keepPins === true ? pinsToKeep(published[constraintFile(cell)], switches.upgrade) : undefined;
  return keep === undefined ? {} : { keep };
};
