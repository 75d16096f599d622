/** What Nx opens by path, read from the lists Nx reads itself, so that a new executor or generator is packed without a word here. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface Entries {
  /** Sources that are loaded, each an entry of the bundle. */
  readonly modules: readonly string[];
  /** What is read as it is: the lists, the schemas, and the templates beside a generator. */
  readonly files: readonly string[];
}

interface Listed {
  readonly implementation?: string;
  readonly factory?: string;
  readonly schema?: string;
}

/** Keys of the manifest that name a list, which is also the key of its entries. */
const lists = { executors: 'executors', generators: 'generators', 'nx-migrations': 'generators' } as const;

export const entriesOf = (source: string): Entries => {
  const manifest = read(join(source, 'package.json'));
  const listed = Object.entries(lists).flatMap(([key, within]) => {
    const list = pathOf(manifest[key]);
    return list === undefined ? [] : [{ list, entries: Object.values<Listed>(read(join(source, list))[within] ?? {}) }];
  });
  const entries = listed.flatMap((each) => each.entries);
  const loaded = entries.flatMap(({ implementation, factory }) => implementation ?? factory ?? []);
  const modules = ['./src/index', ...loaded.map((path) => path.replace(/#.*$/, ''))].map((path) => `${path}.ts`);
  const schemas = entries.flatMap(({ schema }) => schema ?? []);
  const templates = modules.flatMap((path) => filesBelow(source, posix.join(posix.dirname(path), 'files')));
  const files = [...listed.map(({ list }) => list), ...schemas, ...templates];
  return { modules: plain(modules), files: plain(files) };
};

const plain = (paths: readonly string[]): string[] => [...new Set(paths.map((path) => posix.normalize(path)))];

/** `nx-migrations` is an object in some manifests and a path in others. */
const pathOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : (value as { migrations?: string } | undefined)?.migrations;

const filesBelow = (source: string, folder: string): string[] =>
  existsSync(join(source, folder))
    ? readdirSync(join(source, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1))
    : [];

const read = (path: string): Record<string, never> => JSON.parse(readFileSync(path, 'utf8'));
