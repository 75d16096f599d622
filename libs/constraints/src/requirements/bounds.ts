/** Bounds of our own that name a package: what people wrote themselves, and can loosen. */
import type { CellFacts, Hold, TextFact } from '@nx-ci-cache/records';
import { normaliseName } from '../file/pins';

type OwnBounds = Pick<Extract<Hold, { by: 'requirements' }>, 'requirements' | 'limits' | 'constraints'>;

/** @param name normalised. */
export const boundsOn = (name: string, { requirements, limits = [], constraints }: CellFacts): OwnBounds => ({
  requirements: requirements.flatMap(({ path, text }) => boundsIn(text, name).map((bound) => ({ path, bound }))),
  limits: limits.filter(({ bound }) => isNamedIn(bound, name)),
  constraints: pathsNaming(name, constraints),
});

/** Paths of the texts with a line that begins with the name. */
export const pathsNaming = (name: string, texts: readonly TextFact[] = []): string[] =>
  texts.filter(({ text }) => isNamedIn(text, name)).map(({ path }) => path);

/** Requirements with a bound on it: each a line of a requirement file, or a string of a pyproject.toml. */
export const boundsIn = (text: string, name: string): string[] => [
  ...new Set(
    [...text.matchAll(bounded)].flatMap(([, bound = '', found = '']) =>
      normaliseName(found) === name ? [bound.trim()] : [],
    ),
  ),
];

const bounded = /(?:^[ \t]*|["'])(([a-z0-9][a-z0-9._-]*)(?:\s*\[[^\]]*\])?\s*\(?[<>=!~]=?[^"'#;\r\n]*)/gim;

const isNamedIn = (text: string, name: string): boolean =>
  [...text.matchAll(/^\s*([a-z0-9][a-z0-9._-]*)/gim)].some(([, found = '']) => normaliseName(found) === name);
