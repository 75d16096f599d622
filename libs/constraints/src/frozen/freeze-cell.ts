/** The constraints of a cell whose mode freezes an image: a pure function of its facts and of what that image holds. */
import { CiCacheError } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/report';
import { parsePins, type Pins } from '../pins';
import { renderConstraints } from '../render';
import { isOwn } from '../requirements/own-packages';
import type { Resolution } from '../resolve';
import { frozenLines } from './frozen-lines';

/**
 * @param freeze what the image of this Python holds, as `build-image` brought it out.
 * @throws CiCacheError `ResolveFailed` for a package that no pin can name, and for a name that is installed twice.
 */
export const freezeCell = (facts: CellFacts, freeze: string): Resolution => {
  const pins = frozenPins(facts, freeze);
  return { text: renderConstraints(facts, pins), pins: pins.size };
};

const frozenPins = (facts: CellFacts, freeze: string): Pins => {
  const source = `the freeze of ${facts.image} for Python ${facts.python}`;
  const own = facts.ownPackages ?? [];
  const lines = frozenLines(freeze);
  const fault = lines.find(({ kind }) => kind === 'fault');
  if (fault?.kind === 'fault') throw notReleased(source, fault.line);
  const pinned = lines.flatMap((line) => (line.kind === 'pin' && !isOwn(line.name, own) ? [line] : []));
  return parsePins(pinned.map(({ name, version }) => `${name}==${version}`).join('\n'), source);
};

const notReleased = (source: string, line: string) =>
  new CiCacheError('ResolveFailed', `${source}: ${JSON.stringify(line)} is no released package`, {
    remedy: 'Install it from the package index in the Dockerfile, or from files of the image if it is your own.',
    data: { source, line },
  });
