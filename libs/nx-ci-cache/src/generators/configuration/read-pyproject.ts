/** A pyproject.toml as requirements of a mode: its dependencies with every extra and group it has. */
import { normaliseName } from '@nx-ci-cache/config';
import { parseProject, readPyproject, tableAt, tableIn, type Asked, type SourceFiles } from '@nx-ci-cache/constraints';
import type { RequirementSource } from '@nx-ci-cache/records';

export interface PyprojectRequirements {
  readonly source: RequirementSource;
  /** For people. */
  readonly says: string;
  /** Normalised names it requires anywhere. */
  readonly names: readonly string[];
}

/**
 * Undefined for one that requires nothing, such as the settings of a tool.
 * @throws CiCacheError `OptionInvalid` for one that no resolver could read here.
 */
export const pyprojectRequirements = (
  text: string,
  path: string,
  file: string,
  files: SourceFiles,
): PyprojectRequirements | undefined => {
  const parsed = parseProject(text, file, files);
  const { toml } = parsed;
  const project = tableIn(toml, 'project');
  const uv = tableAt(toml, 'tool', 'uv') ?? {};
  const extras = tableIn(project ?? {}, 'optional-dependencies') ?? {};
  const groups = tableIn(toml, 'dependency-groups') ?? {};
  const { dependencies = [] } = project ?? {};
  const lists = [dependencies, ...Object.values(extras), ...Object.values(groups)];
  const names = lists.flatMap((list) => (Array.isArray(list) ? list : [])).flatMap(nameOf);
  // One resolution cannot hold what is declared to exclude each other.
  const all = 'conflicts' in uv ? {} : { extras: Object.keys(extras), groups: Object.keys(groups) };
  const asked = Object.entries(all).map(([key, list]) => {
    const readable = list.filter((name) => canRead(parsed, { [key]: [name] }));
    return { key, readable, left: list.filter((name) => !readable.includes(name)) };
  });
  const kept = asked.filter(({ readable }) => readable.length > 0).map(({ key, readable }) => [key, readable] as const);
  readPyproject(parsed, Object.fromEntries(kept) as Asked);
  if (names.length === 0) return undefined;
  const left = asked.flatMap((each) => each.left);
  const source = kept.length === 0 ? path : { pyproject: path, ...Object.fromEntries(kept) };
  const more = kept.map(([key, list]) => `, ${key} ${list.join(' ')}`).join('');
  return {
    source,
    names,
    says: [
      `dependencies${more}`,
      ...('conflicts' in uv ? ['no extra: some exclude each other'] : []),
      ...(left.length > 0 ? [`without ${left.join(' ')}: no constraint file can hold what is required there`] : []),
    ].join('; '),
  };
};

/** One that cannot be leaves the others as they are. */
const canRead = (...asked: Parameters<typeof readPyproject>): boolean => {
  try {
    readPyproject(...asked);
    return true;
  } catch {
    return false;
  }
};

const nameOf = (requirement: unknown): readonly string[] => {
  const [, name] = (typeof requirement === 'string' && /^\s*([a-z0-9][a-z0-9._-]*)/i.exec(requirement)) || [];
  return name === undefined ? [] : [normaliseName(name)];
};
