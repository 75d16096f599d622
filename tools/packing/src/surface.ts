/** What users of the package can name: its files, executors with their options and exit codes, generators, inferred targets, and types. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodes } from '@nx/devkit';
import { exitCodes } from './exit-codes';
import { root } from './places';

/** The surface of a package that was built into `folder`, as a text to review; `tools/surface` writes it. */
export const surfaceOf = async (folder: string): Promise<string> => {
  const parts = {
    files: filesOf(folder),
    executors: optionsOf(folder, 'executors'),
    'exit codes of executors, with what they record': exitCodes(),
    generators: optionsOf(folder, 'generators'),
    'targets of apps/ci-cache': await targetsOf(folder),
    types: [readFileSync(join(folder, 'src/index.d.ts'), 'utf8').trim()],
  };
  return Object.entries(parts)
    .map(([title, lines]) => `## ${title}\n\n${lines.join('\n')}\n`)
    .join('\n');
};

/** Chunks by number only: their names and count change with any line of code. */
const filesOf = (folder: string): string[] => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((file) => file.replace(/(?<=^src\/shared\/)[A-Z0-9]{8}(?=\.js$)/, '*'));
  return [...new Set(files)].sort();
};

const optionsOf = (folder: string, key: string): string[] => {
  const list = read(folder, 'package.json')[key];
  if (list === undefined) return ['none'];
  return Object.entries<{ schema: string }>(read(folder, list)[key]).map(([name, { schema }]) => {
    const { properties = {}, required = [] } = read(folder, schema);
    const options = Object.keys(properties).map((option) => (required.includes(option) ? `${option}!` : option));
    return `${name}: ${options.sort().join(' ')}`;
  });
};

const targetsOf = async (folder: string): Promise<string[]> => {
  const { createNodes } = (await import(join(folder, 'src/index.js'))) as { createNodes: CreateNodes };
  const context = { workspaceRoot: root, nxJsonConfiguration: {} } as Parameters<(typeof createNodes)[1]>[2];
  const [[, { projects = {} }] = ['', {}]] = await createNodes[1](['apps/ci-cache/ci-cache.json'], {}, context);
  return Object.values(projects).flatMap(({ targets = {} }) =>
    Object.entries(targets).map(([name, { executor }]) => `${name} (${executor})`),
  );
};

// What the lists and schemas hold is only shown.
const read = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
