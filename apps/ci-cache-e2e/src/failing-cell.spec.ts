import { Workspace } from './support/workspace';

describe('a cell without a solution', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await Workspace.create();
    workspace.write({ 'app/core.in': 'iniconfig>=2; python_version < "3.12"\niniconfig<1; python_version < "3.12"\n' });
    workspace.write({ 'app/core.in': `${workspace.read('app/core.in')}iniconfig; python_version >= "3.12"\n` });
    await workspace.commit('no solution on 3.11');
  });

  it('does not stop the others, each of which says one line', async () => {
    const { exitCode, all } = await workspace.run('generate-constraints');
    expect(exitCode).not.toBe(0);
    expect(all).toContain('ResolveFailed: no constraints for core on Python 3.11');
    for (const cell of ['constraints for Python 3.11', 'constraints for Python 3.13', 'core for Python 3.13']) {
      expect(all.match(new RegExp(`^${cell}: \\d+ pins? at `, 'gm'))).toHaveLength(1);
    }
  });

  it('does not keep why from answering for the others', async () => {
    const { exitCode, all } = await workspace.run('why', { CI_CACHE_PACKAGE: 'iniconfig' });
    expect(exitCode).not.toBe(0);
    expect(all).toContain('no answer for core-3.11');
    expect(all).toContain('- core.in → iniconfig');
    expect(all).toMatch(/^core-3\.11$/m);
  });
});
