/** The constraints of a cell whose mode freezes an image: a pure function of its facts and of what that image holds. */
import { CiCacheError, redact } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import { parsePins } from '../file/pins';
import { renderConstraints } from '../file/render';
import { isOwn } from '../requirements/own-packages';
import type { Resolution } from '../file/resolution';
import { frozenLines, type FrozenLine } from './frozen-lines';

/**
 * @param freeze what the image of this Python holds, as `build-image` brought it out.
 * @throws CiCacheError `ResolveFailed` for a package that no pin can name, and for a name that is installed twice.
 */
export const freezeCell = (facts: CellFacts, freeze: string): Resolution => {
  const source = `the freeze of ${facts.image} for Python ${facts.python}`;
  const lines = frozenLines(freeze);
  const isOut = (line: FrozenLine) =>
    line.kind === 'source' || (line.kind !== 'fault' && isOwn(line.name, facts.ownPackages ?? []));
  const kept = lines.filter((line) => !isOut(line)).map((line) => pinOf(line, source));
  const pins = parsePins(kept.join('\n'), source);
  return {
    text: renderConstraints(facts, pins),
    pins: pins.size,
    leftOut: lines
      .filter(isOut)
      .map((line) => redact(textOf(line)))
      .sort(),
  };
};

const textOf = (line: FrozenLine): string => (line.kind === 'pin' ? `${line.name}==${line.version}` : line.line);

const pinOf = (line: FrozenLine, source: string): string => {
  if (line.kind === 'pin') return textOf(line);
  throw new CiCacheError('ResolveFailed', `${source}: ${JSON.stringify(textOf(line))} is no released package`, {
    remedy:
      'Install it from the package index in the Dockerfile, or name it in "ownPackages" of the mode if it is your own.',
    data: { source, line: textOf(line) },
  });
};
