/** The dependency groups a mode depends on: those it asks for and those they include, under whatever spelling. */
import { normaliseName } from '@nx-ci-cache/config';
import type { TomlTable, TomlValue } from 'smol-toml';

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
