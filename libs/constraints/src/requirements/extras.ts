/** The extras a mode depends on: those it asks for and those the project then asks of itself, under whatever spelling. */
import { normaliseName } from '@nx-ci-cache/config';
import type { TomlTable, TomlValue } from 'smol-toml';
import { parseRequirement } from './requirement';
import { stringsIn, tableIn } from './toml';

export const extrasOf = (project: TomlTable): TomlTable => tableIn(project, 'optional-dependencies') ?? {};

export const extrasReached = (project: TomlTable, asked: readonly string[]): TomlTable => {
  const names = namesReached(project, asked);
  return Object.fromEntries(Object.entries(extrasOf(project)).filter(([extra]) => names.has(normaliseName(extra))));
};

/**
 * Extras that the project asks of itself and does not have: the resolver passes over these, with all they would require.
 * @param lists further ones of its requirements.
 */
export const missingExtras = (
  project: TomlTable,
  asked: readonly string[],
  lists: readonly TomlValue[] = [],
): readonly string[] => {
  const known = Object.keys(extrasOf(project)).map(normaliseName);
  const names = namesReached(project, [...asked, ...lists.flatMap((list) => askedOfItself(project, list))]);
  return [...names].filter((name) => !known.includes(name) && !asked.map(normaliseName).includes(name));
};

const namesReached = (project: TomlTable, asked: readonly string[]): ReadonlySet<string> => {
  const extras = extrasOf(project);
  const names = new Set([...asked.map(normaliseName), ...askedOfItself(project, project['dependencies'] ?? [])]);
  // A set is walked over what is added on the way, too.
  for (const name of names)
    for (const [extra, list] of Object.entries(extras))
      if (normaliseName(extra) === name) for (const each of askedOfItself(project, list)) names.add(each);
  return names;
};

const askedOfItself = ({ name: own }: TomlTable, list: TomlValue): readonly string[] =>
  stringsIn(list).flatMap((each) => {
    const { name, extras = [] } = parseRequirement(each) ?? {};
    return typeof own === 'string' && name === normaliseName(own) ? extras : [];
  });
