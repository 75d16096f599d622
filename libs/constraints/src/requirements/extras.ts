/** The extras a mode depends on: those it asks for and those the project then asks of itself, under whatever spelling. */
import { normaliseName } from '@nx-ci-cache/config';
import type { TomlTable, TomlValue } from 'smol-toml';
import { tableIn } from './toml';

export const extrasOf = (project: TomlTable): TomlTable => tableIn(project, 'optional-dependencies') ?? {};

export const extrasReached = (project: TomlTable, asked: readonly string[]): TomlTable => {
  const extras = extrasOf(project);
  const names = new Set([...asked.map(normaliseName), ...askedOfItself(project, project['dependencies'] ?? [])]);
  // A set is walked over what is added on the way, too.
  for (const name of names)
    for (const [extra, list] of Object.entries(extras))
      if (normaliseName(extra) === name) for (const each of askedOfItself(project, list)) names.add(each);
  return Object.fromEntries(Object.entries(extras).filter(([extra]) => names.has(normaliseName(extra))));
};

const askedOfItself = ({ name: own }: TomlTable, list: TomlValue): readonly string[] =>
  (Array.isArray(list) ? list : []).flatMap((each) => {
    const [, name = '', extras = ''] = (typeof each === 'string' && nameWithExtras.exec(each)) || [];
    return typeof own === 'string' && normaliseName(name) === normaliseName(own)
      ? extras.split(',').map((extra) => normaliseName(extra.trim()))
      : [];
  });

const nameWithExtras = /^\s*([a-z0-9][a-z0-9._-]*)\s*\[([^\]]*)\]/i;
