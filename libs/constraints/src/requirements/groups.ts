/** The dependency groups a mode depends on: those it asks for and those they include, under whatever spelling. */
import { normaliseName } from '@nx-ci-cache/config';
import type { TomlTable, TomlValue } from 'smol-toml';
import { tableAt } from './toml';

export const groupsReached = (groups: TomlTable, asked: readonly string[]): TomlTable => {
  const names = new Set(asked.map(normaliseName));
  // A set is walked over what is added on the way, too.
  for (const name of names)
    for (const [group, list] of Object.entries(groups))
      if (normaliseName(group) === name) for (const each of includedIn(list)) names.add(normaliseName(each));
  return Object.fromEntries(Object.entries(groups).filter(([group]) => names.has(normaliseName(group))));
};

const includedIn = (list: TomlValue): readonly string[] =>
  (Array.isArray(list) ? list : []).flatMap((each) => {
    const name = typeof each === 'object' && 'include-group' in each ? each['include-group'] : undefined;
    return typeof name === 'string' ? [name] : [];
  });

/** The table of one tool that has a group, or what such tools call one: nobody else reads it there. */
export const foreignTable = (toml: TomlTable, group: string): string | undefined => {
  const has = (...keys: readonly string[]) =>
    Object.keys(tableAt(toml, ...keys) ?? {}).some((name) => normaliseName(name) === normaliseName(group));
  if (has('tool', 'pdm', 'dev-dependencies')) return `tool.pdm.dev-dependencies.${group}`;
  if (has('tool', 'poetry', 'group')) return `tool.poetry.group.${group}`;
  const uv = tableAt(toml, 'tool', 'uv') ?? {};
  if (group === 'dev' && 'dev-dependencies' in uv) return 'tool.uv.dev-dependencies';
  if (group === 'dev' && tableAt(toml, 'tool', 'poetry', 'dev-dependencies')) return 'tool.poetry.dev-dependencies';
  return undefined;
};
