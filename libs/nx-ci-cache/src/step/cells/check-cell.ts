/** One cell before the push: compared with what is published, asked of the resolver when it would change the branch, judged. */
import {
  type Cell,
  type CellFacts,
  type CellRecord,
  changesBranch,
  type HeldPin,
  type PinChange,
  summaryOf,
} from '@nx-ci-cache/records';
import {
  comparePins,
  judge,
  pinsOf,
  proveCell,
  type CellProof,
  readLines,
  type ComparedFile,
  type Judgement,
  type Requirers,
} from '@nx-ci-cache/constraints';
import { counted, digestOf, readJson, redact } from '@nx-ci-cache/process';
import { wrongLines } from '@nx-ci-cache/branch';
import { readCellFacts } from '../facts/cell-facts';
import type { StepContext } from '../context/context';
import { generatedFile } from './generated';

export interface CheckedCell extends ComparedFile {
  readonly facts: CellFacts;
  /** Pins held below their newest stable release. */
  readonly held: readonly HeldPin[];
  /** Of the generated file. */
  readonly digest: string;
  readonly judgement: Judgement;
  /** Who requires each package; empty when nothing changed or the cell was not resolved again. */
  readonly requirers: Requirers;
}

export const checkCell = async (cell: Cell, context: StepContext): Promise<CheckedCell> => {
  const { file, text, published: before } = await generatedFile(cell, context);
  const { facts } = await readCellFacts(cell, context);
  const { held = [] } = (await readJson<CellRecord>(context.at(context.paths.cellRecord(cell)))) ?? {};
  const lines = readLines(text);
  const pins = pinsOf(lines);
  const published = before === undefined ? undefined : pinsOf(readLines(before));
  const notPins = wrongLines(before ?? '').map((line) => redact(line));
  const changes = { ...comparePins(file, published, pins), ...(notPins.length > 0 && { notPins }) };
  // A frozen image has no requirements of its own to resolve again, and a lock was resolved by whoever committed it.
  const isAsked = changesBranch(changes) && facts.image === undefined && facts.locked === undefined;
  const proof = isAsked ? await proveCell(facts, pins, published) : undefined;
  const subject = {
    file,
    lines,
    pins,
    published,
    own: facts.ownPackages ?? [],
    sourced: Object.keys(facts.sources ?? {}),
    ...(proof && { proof }),
  };
  const withReasons = { ...changes, changes: changes.changes.map((change) => withReason(change, proof)) };
  const judgement = judge(subject, context.config.guard);
  context.say(progressLine(changes, judgement));
  return {
    cell,
    facts,
    held,
    pins,
    published,
    changes: withReasons,
    judgement,
    digest: digestOf(text),
    requirers: proof?.requirers ?? new Map(),
  };
};

const withReason = (change: PinChange, proof: CellProof | undefined): PinChange => {
  const withdrawn = change.kind === 'downgraded' ? proof?.withdrawn?.get(change.name) : undefined;
  return withdrawn === undefined ? change : { ...change, withdrawn };
};

const progressLine = (changes: ComparedFile['changes'], { refusals }: Judgement) =>
  [
    `${changes.file}: ${summaryOf(changes)}`,
    ...(refusals.length === 0 ? [] : [`REFUSED for ${counted(refusals.length, 'reason')}`]),
  ].join(', ');
