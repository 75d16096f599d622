/**
 * Benchmark: the project graph of 200 projects with 12 cells each, without the packed plugin, with it, and with one that
 * takes the very same targets from a file: what Nx itself needs to receive, merge and keep them.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execute } from '@nx-ci-cache/e2e/src/support/execute';
import { makeTemplate } from '@nx-ci-cache/e2e/src/support/template';
import { measuredTable, median, sideBySide } from './measure';

const projects = 200;
const rounds = Number(process.argv[2] ?? 7);

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'nx-ci-cache-bench-'));
  try {
    const template = join(folder, 'template');
    await makeTemplate(template);
    const without = workspaceIn(join(folder, 'without'), template, []);
    const withPlugin = workspaceIn(join(folder, 'with'), template, ['nx-ci-cache']);
    await makeGraph(withPlugin);
    const replayed = workspaceIn(join(folder, 'replayed'), template, ['replayed']);
    addReplay(replayed, inferredIn(withPlugin));
    const measured = await sideBySide(
      [
        { name: `graph of ${projects} projects`, run: () => makeGraph(without) },
        { name: 'the same with nx-ci-cache', run: () => makeGraph(withPlugin) },
        { name: 'its targets from a file', run: () => makeGraph(replayed) },
      ],
      rounds,
    );
    const [base = Number.NaN, ours = Number.NaN, floor = Number.NaN] = measured.map(({ seconds }) => median(seconds));
    console.log(['', 'min / median / max', ...measuredTable(measured)].join('\n'));
    console.log(`added: ${milliseconds(ours - base)}, of these without any inference: ${milliseconds(floor - base)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A graph of nothing kept: what a first command of a CI job pays. */
const makeGraph = async (workspace: string): Promise<void> => {
  rmSync(join(workspace, '.nx'), { recursive: true, force: true });
  await execute(join(workspace, 'node_modules/.bin/nx'), ['show', 'projects'], {
    cwd: workspace,
    env: { NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
  });
};

const milliseconds = (seconds: number): string => `${Math.round(seconds * 1000)} ms`;

/** The targets of ours, as Nx keeps them, by project. */
const inferredIn = (workspace: string): [string, object][] => {
  const graph = JSON.parse(readFileSync(join(workspace, '.nx/workspace-data/project-graph.json'), 'utf8')) as {
    nodes: Record<string, { data: { root: string; targets: Record<string, { executor?: string }> } }>;
  };
  return Object.values(graph.nodes).map(({ data: { root, targets } }) => {
    const ours = Object.entries(targets).filter(([, { executor }]) => executor?.startsWith('nx-ci-cache:'));
    return [`${root}/ci-cache.json`, { projects: { [root]: { root, targets: Object.fromEntries(ours) } } }];
  });
};

/** A plugin that infers nothing and returns `nodes`. */
const addReplay = (workspace: string, nodes: readonly (readonly [string, object])[]): void => {
  const folder = join(workspace, 'node_modules/replayed');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'replayed', version: '1.0.0', main: 'index.js' }));
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodes));
  writeFileSync(
    join(folder, 'index.js'),
    "const nodes = () => JSON.parse(require('node:fs').readFileSync(`${__dirname}/nodes.json`, 'utf8'));\n" +
      "exports.createNodes = exports.createNodesV2 = ['**/ci-cache.json', nodes];\n",
  );
};

const workspaceIn = (folder: string, template: string, plugins: readonly string[]): string => {
  cpSync(template, folder, { recursive: true, verbatimSymlinks: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write('nx.json', JSON.stringify({ neverConnectToCloud: true, analytics: false, plugins }));
  for (const [path, text] of [...Array(projects).keys()].flatMap(filesOf)) write(path, text);
  return folder;
};

/** Three modes for four Pythons; a requirement file of the project before, which also is the gate; one image. */
const filesOf = (at: number): [string, string][] => {
  const before = `p${(at + projects - 1) % projects}`;
  const requirements = ['core.in', `{workspaceRoot}/apps/${before}/core.in`];
  const config = {
    pythons: ['3.10', '3.11', '3.12', '3.13'],
    platforms: ['linux/amd64', 'linux/arm64'],
    constraints: {
      modes: Object.fromEntries(['all', 'core', 'docs'].map((mode) => [`${mode}-${at}`, { requirements }])),
    },
    push: { branches: [{ from: 'main', to: 'constraints-main' }], gates: [`${before}:test`] },
    images: {
      ci: {
        dockerfile: 'Dockerfile',
        repository: `registry.example.com/p${at}/{branch}/python{python}`,
        cache: `registry.example.com/p${at}/{branch}/cache/python{python}:{platform}`,
      },
    },
  };
  return [
    [`apps/p${at}/ci-cache.json`, JSON.stringify(config)],
    [`apps/p${at}/project.json`, JSON.stringify({ name: `p${at}`, targets: { test: { command: 'true' } } })],
    [`apps/p${at}/core.in`, 'iniconfig\n'],
    [`apps/p${at}/Dockerfile`, 'FROM scratch\n'],
  ];
};

void main();
