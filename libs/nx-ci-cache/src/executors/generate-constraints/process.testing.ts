/** The executor as Nx runs it: a process of its own, in a workspace that holds nothing but the facts of one cell. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { resolverHere } from '@nx-ci-cache/constraints/src/testing/cell';
import type { CellFacts } from '@nx-ci-cache/records';
import { execa } from 'execa';

const cell = { mode: 'core', python: '3.13' };
const config = {
  pythons: [cell.python],
  constraints: { modes: { [cell.mode]: { requirements: ['core.in'] } } },
  push: { branches: [{ from: 'main', to: 'constraints-main' }] },
};

export const factsPath = 'dist/app/cells/core-3.13.json';
export const outputFolder = 'dist/app/constraints-3.13';

export const factsText = (facts: Partial<CellFacts>): string =>
  JSON.stringify({
    ...cell,
    ...{ cutoff: '2026-02-01T00:00:00Z', pageMaxAge: 2700, resolver: resolverHere(), allowSdist: [] },
    requirements: [{ path: 'core.in', text: 'alpha\n' }],
    ...facts,
  });

/** A workspace with the facts of one cell and the configuration as a snapshot wrote it. */
export const cellWorkspace = async (facts: string): Promise<string> => {
  const root = await mkdtemp(join(tmpdir(), 'nx-ci-cache-executor-'));
  await mkdir(join(root, 'dist/app/cells'), { recursive: true });
  await writeFile(join(root, 'dist/app/config.json'), JSON.stringify(parseConfig(JSON.stringify(config), 'app')));
  await writeFile(join(root, factsPath), facts);
  return root;
};

const script = (root: string): string =>
  [
    `const { default: executor } = require(${JSON.stringify(join(__dirname, 'executor.ts'))});`,
    `const context = { root: ${JSON.stringify(root)}, projectName: 'app', cwd: process.cwd(), isVerbose: false,`,
    `  projectsConfigurations: { version: 2, projects: { app: { root: 'app' } } } };`,
    `void executor(${JSON.stringify(cell)}, context).then(({ success }) => process.exit(success ? 0 : 1));`,
  ].join('\n');

export const startExecutor = (root: string, env: Readonly<Record<string, string>> = {}) =>
  execa(process.execPath, ['--require', '@swc-node/register', '--eval', script(root)], {
    cwd: join(__dirname, '../../../../..'),
    env,
    all: true,
    reject: false,
    stdin: 'ignore',
  });
