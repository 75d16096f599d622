/** The constraints of a cell whose mode takes a lock: what the lock holds, with what a fresh resolution would change. */
import type { CellFacts, LockedFact } from '@nx-ci-cache/records';
import type { Resolution } from '../file/resolution';
import { comparePins } from '../compare/compare';
import { parsePins, type Pins } from '../file/pins';
import { renderConstraints } from '../file/render';
import { isOwn } from '../requirements/own-packages';
import { compileCell } from '../resolver/compile';

/** What of it is the file. Nothing is resolved, so the same facts give it at once. */
export const lockedPins = (
  facts: CellFacts,
  locked: LockedFact,
): Pick<Resolution, 'text' | 'leftOut'> & { readonly pins: Pins } => {
  const own = facts.ownPackages ?? [];
  const held = [...parsePins(locked.pins, locked.path)];
  const pins: Pins = new Map(held.filter(([name]) => !isOwn(name, own)));
  const left = held.filter(([name]) => isOwn(name, own)).map(([name, version]) => `${name}==${version}`);
  return { text: renderConstraints(facts, pins), pins, leftOut: [...locked.others, ...left].sort() };
};

/** @throws CiCacheError `CommandFailed` when the resolver cannot be started. */
export const lockedCell = async (facts: CellFacts, locked: LockedFact, signal?: AbortSignal): Promise<Resolution> => {
  const { pins, ...file } = lockedPins(facts, locked);
  const warning = await freshWarning(facts, locked, pins, signal);
  return { ...file, pins: pins.size, ...(warning !== undefined && { warnings: [warning] }) };
};

const atMost = 30;

/** A lock that nobody renewed is the reason to look; that it cannot be resolved any more is one, too. */
const freshWarning = async (
  facts: CellFacts,
  { path }: LockedFact,
  pins: Pins,
  signal?: AbortSignal,
): Promise<string | undefined> => {
  if (facts.requirements.length === 0) return undefined;
  const { exitCode, output } = await compileCell(facts, signal ? { signal } : {});
  if (exitCode !== 0)
    return `${path}: a fresh resolution at ${facts.cutoff} has no solution; what has no wheel needs "allowSdist"`;
  const fresh = [...parsePins(output, 'the resolver')].filter(([name]) => !isOwn(name, facts.ownPackages ?? []));
  const { changes } = comparePins('', pins, new Map(fresh));
  if (changes.length === 0) return undefined;
  const shown = changes.slice(0, atMost).map(({ name, from, to }) => `${name} ${from ?? 'absent'} → ${to ?? 'absent'}`);
  const more = changes.length > shown.length ? `, and ${changes.length - shown.length} more` : '';
  return `${path}: a fresh resolution at ${facts.cutoff} differs in ${changes.length} of ${pins.size} pins: ${shown.join(', ')}${more}`;
};
