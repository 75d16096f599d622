/** A committed uv.lock as a source of pins: what it holds for one Python, one platform, and the extras and groups asked for. */
import { invalid, normaliseName } from '@nx-ci-cache/config';
import { redact } from '@nx-ci-cache/process';
import type { CellFacts } from '@nx-ci-cache/records';
import type { TomlTable, TomlValue } from 'smol-toml';
import { asTable, stringsIn, tableIn } from '../requirements/toml';
import { admits, environmentOf } from './marker';

export interface LockAsked {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

export interface LockedPins {
  /** Versions by name, of what indexes have. */
  readonly pins: ReadonlyMap<string, string>;
  /** Of the workspace's own projects. */
  readonly members: ReadonlyMap<string, string>;
  /** Where each comes from that no index has. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** @throws CiCacheError `OptionInvalid` for an extra or a group that the lock does not have, and for a name at two versions. */
export const lockedPins = (
  toml: TomlTable,
  file: string,
  { extras, groups }: LockAsked,
  cell: Pick<CellFacts, 'python' | 'patch' | 'platform'>,
): LockedPins => {
  const packages = tablesIn(toml['package']);
  const roots = rootsOf(toml, packages);
  const environment = environmentOf(cell, exclusive(roots, { extras, groups }));
  const reached = new Map<TomlTable, Set<string>>();
  const take = (found: TomlTable, asked: readonly string[]): void => {
    const before = reached.get(found);
    const fresh = ['', ...asked.map(normaliseName)].filter((extra) => before?.has(extra) !== true);
    if (fresh.length === 0) return;
    reached.set(found, new Set([...(before ?? []), ...fresh]));
    for (const extra of fresh)
      follow(extra === '' ? found['dependencies'] : listIn(found, 'optional-dependencies', extra));
  };
  const follow = (dependencies: TomlValue | undefined): void => {
    for (const { name, version, marker, extra } of tablesIn(dependencies)) {
      if (!admits(String(marker ?? ''), environment)) continue;
      const fits = packages.filter((each) => each['name'] === name && [undefined, each['version']].includes(version));
      const found = fits.find((each) => isFor(each, environment)) ?? fits[0];
      if (found === undefined) throw invalid({ file, key: String(name) }, version, 'a package of the lock', relock);
      take(found, stringsIn(extra));
    }
  };
  for (const root of roots)
    take(
      root,
      extras.filter((extra) => listIn(root, 'optional-dependencies', extra)),
    );
  for (const group of groups) for (const root of roots) follow(listIn(root, 'dev-dependencies', group));
  requireKnown(extras, 'optional-dependencies', roots, file);
  requireKnown(groups, 'dev-dependencies', roots, file);
  return sorted([...reached.keys()], file);
};

const relock = 'Run "uv lock" and commit what it writes.';

/** The project at the lock itself; of a workspace whose root is none, all of its members. */
const rootsOf = (toml: TomlTable, packages: readonly TomlTable[]): readonly TomlTable[] => {
  const here = packages.filter((each) =>
    ['virtual', 'editable', 'directory'].some((key) => sourceOf(each)[key] === '.'),
  );
  const members = stringsIn(tableIn(toml, 'manifest')?.['members']);
  return here.length > 0 ? here : packages.filter(({ name }) => members.includes(String(name)));
};

/** As a lock spells those of which only one may be asked for. */
const exclusive = (roots: readonly TomlTable[], { extras, groups }: LockAsked): readonly string[] =>
  roots.flatMap(({ name }) => [
    ...extras.map((extra) => `extra-${String(name).length}-${String(name)}-${normaliseName(extra)}`),
    ...groups.map((group) => `group-${String(name).length}-${String(name)}-${normaliseName(group)}`),
  ]);

const isFor = (found: TomlTable, environment: Parameters<typeof admits>[1]): boolean => {
  const markers = stringsIn(found['resolution-markers']);
  return markers.length === 0 || markers.some((marker) => admits(marker, environment));
};

const listIn = (found: TomlTable, key: string, name: string): TomlValue | undefined =>
  Object.entries(tableIn(found, key) ?? {}).find(([each]) => normaliseName(each) === normaliseName(name))?.[1];

const requireKnown = (asked: readonly string[], key: string, roots: readonly TomlTable[], file: string): void => {
  const known = roots.flatMap((root) => Object.keys(tableIn(root, key) ?? {}));
  const missing = asked.find((name) => !roots.some((root) => listIn(root, key, name)));
  if (missing === undefined) return;
  throw invalid({ file, key }, missing, known.length === 0 ? 'nothing: it has none' : `one of ${known.join(', ')}`);
};

const sorted = (packages: readonly TomlTable[], file: string): LockedPins => {
  const [pins, members, elsewhere] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()];
  for (const found of packages) {
    const [name, version, source] = [String(found['name']), String(found['version'] ?? ''), sourceOf(found)];
    const before = pins.get(name);
    if (before !== undefined && before !== version)
      throw invalid({ file, key: name }, [before, version], 'one version for each Python and platform', relock);
    if ('registry' in source) pins.set(name, version);
    else if ('virtual' in source || 'editable' in source || 'directory' in source) members.set(name, version);
    else elsewhere.set(name, redact(String(Object.values(source)[0])));
  }
  return { pins, members, elsewhere };
};

const sourceOf = (found: TomlTable): TomlTable => tableIn(found, 'source') ?? {};

const tablesIn = (value: TomlValue | undefined): readonly TomlTable[] =>
  (Array.isArray(value) ? value : []).map(asTable).filter((each) => each !== undefined);
