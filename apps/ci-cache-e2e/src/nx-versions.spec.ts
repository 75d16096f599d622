import { join } from 'node:path';
import type { RefreshReport } from './support/records';
import { makeTemplate } from './support/template';
import { e2eFolder, e2eStack, Workspace } from './support/workspace';

/** The peer range's other ends; every other test runs on the version between them. */
describe.each(['22.7.12', '24.0.0'])('the packed plugin on Nx %s', (version) => {
  let workspace: Workspace;

  beforeAll(async () => {
    const template = join(e2eFolder(), `nx-${version}`, 'template');
    await makeTemplate(template, version);
    workspace = await Workspace.create(e2eStack(), template);
  });

  it('infers the chain, previews it, and hits every cell the second time', async () => {
    // A flag of the named target, though the answer is given: every step sees it.
    const first = await workspace.nx(['run', 'app:refresh', '--dry-run']);
    expect({ exitCode: first.exitCode, all: first.exitCode === 0 ? '' : first.all }).toEqual({ exitCode: 0, all: '' });
    const report = workspace.record<RefreshReport>('refresh.json');
    expect(report.ok).toBe(true);
    expect(report.preview).toBe('a dry run was asked for');
    expect(await workspace.tip()).toBe('');
    const expected = ['unchanged', ...Array(5).fill('done'), ...Array(8).fill('previewed')];
    expect(report.lines.map(({ status }) => status)).toEqual(expected);
    const second = await workspace.run('refresh', { CI_CACHE_ANSWER: '' });
    expect(second.all.match(/nx run app:generate-constraints--\S+ +\[.*cache/g)).toHaveLength(4);
  });

  it('refuses a flag nothing reads before anything happened, with the closest one', async () => {
    const { exitCode, all } = await workspace.nx(['run', 'app:refresh', '--dryrun']);
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
      {
        CI_CACHE_ANSWER: '',
      },
    );
    expect(exitCode).toBe(0);
    expect(all).toContain('nx run app:publish-images--ci-3.13');
  });
});
