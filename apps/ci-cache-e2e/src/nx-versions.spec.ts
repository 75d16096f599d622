import { dirname, join } from 'node:path';
import { execute } from './support/execute';
import { otherNodes } from './support/nodes';
import type { RefreshReport } from './support/records';
import { makeTemplate } from './support/template';
import { e2eFolder, e2eStack, Workspace } from './support/workspace';

/** Everything Nx loads of the package by its lists, each as a file of its own; prints what of it is no function. */
const loading = `
  const { dirname, join } = require('node:path');
  const home = dirname(require.resolve('nx-ci-cache/package.json'));
  const { executors } = require(join(home, 'executors.json'));
  const { generators } = require(join(home, 'generators.json'));
  const entries = [...Object.values(executors), ...Object.values(generators)];
  const files = entries.map(({ implementation, factory }) => join(home, implementation ?? factory));
  const wrong = files.filter((file) => typeof require(file).default !== 'function');
  console.log(JSON.stringify({ major: process.versions.node.split('.')[0], files: files.length > 15, wrong }));
`;

const [node22 = '', node24 = ''] = otherNodes();

/** The peer range's other ends, each on a Node beside the tests' own; every other test runs on what lies between. */
describe.each([
  ['22.7.12', '22', node22],
  ['24.0.0', '24', node24],
])('the packed plugin on Nx %s with Node %s', (version, major, node) => {
  const PATH = `${dirname(node)}:${process.env['PATH'] ?? ''}`;
  let workspace: Workspace;

  beforeAll(async () => {
    const template = join(e2eFolder(), `nx-${version}`, 'template');
    await makeTemplate(template, version, e2eFolder());
    workspace = await Workspace.create(e2eStack(), template);
  });

  it('loads each executor and generator', async () => {
    const { stdout } = await execute(node, ['-e', loading], { cwd: workspace.folder });
    expect(JSON.parse(stdout)).toEqual({ major, files: true, wrong: [] });
  });

  it('infers the chain, previews it, and hits every cell the second time', async () => {
    // A flag of the named target, though the answer is given: every step sees it.
    const first = await workspace.nx(['run', 'app:refresh', '--dry-run'], { PATH });
    expect({ exitCode: first.exitCode, all: first.exitCode === 0 ? '' : first.all }).toEqual({ exitCode: 0, all: '' });
    const report = workspace.record<RefreshReport>('refresh.json');
    expect(report.failed).toEqual([]);
    expect(report.preview).toBe('a dry run was asked for');
    expect(await workspace.tip()).toBe('');
    const expected = ['unchanged', ...Array(5).fill('done'), ...Array(8).fill('previewed')];
    expect(report.steps.map(({ status }) => status)).toEqual(expected);
    const second = await workspace.run('refresh', { CI_CACHE_ANSWER: '', PATH });
    expect(second.all.match(/nx run app:generate-constraints--\S+ +\[.*cache/g)).toHaveLength(4);
  });

  it('refuses a flag nothing reads before anything happened, with the closest one', async () => {
    const { exitCode, all } = await workspace.nx(['run', 'app:refresh', '--dryrun'], { PATH });
    expect(exitCode).not.toBe(0);
    expect(all).toContain('flag: --dryrun is read by nothing');
    expect(all).toContain('perhaps --dry-run');
    expect(await workspace.tip()).toBe('');
  });

  it('selects the whole chain as affected by a changed requirement', async () => {
    workspace.write({ 'app/core.in': 'iniconfig<2\n' });
    await workspace.commit('an older iniconfig');
    const { exitCode, all } = await workspace.nx(
      ['affected', '--targets=refresh', '--base=HEAD~1', '--output-style=static'],
      { CI_CACHE_ANSWER: '', PATH },
    );
    expect(exitCode).toBe(0);
    expect(all).toContain('nx run app:buildx-refresh');
  });
});
