/** Benchmark: the project graph of 200 projects with 12 cells each, without the plugin and with it, from the packed plugin. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
    const measured = await sideBySide(
      [
        { name: `graph of ${projects} projects`, run: () => makeGraph(without) },
        { name: 'the same with nx-ci-cache', run: () => makeGraph(withPlugin) },
      ],
      rounds,
    );
    const [base, ours] = measured.map(({ seconds }) => median(seconds));
    console.log(['', 'min / median / max', ...measuredTable(measured)].join('\n'));
    console.log(`added: ${Math.round(((ours ?? Number.NaN) - (base ?? Number.NaN)) * 1000)} ms`);
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
