import { Workspace } from './support/workspace';

/** iniconfig 2.1.0 is of March 2025, the next one of October. */
const cutoff = { CI_CACHE_CUTOFF: '2025-04-01T00:00:00Z' };

describe('why', () => {
  it('answers for every cell', async () => {
    const workspace = await Workspace.create();
    workspace.write({ 'app/core.in': 'iniconfig<2\n' });
    await workspace.commit('an older iniconfig');
    const asked = await workspace.nx(['run', 'app:why', '--package=IniConfig'], cutoff);
    expect({ exitCode: asked.exitCode, all: asked.exitCode === 0 ? '' : asked.all }).toEqual({ exitCode: 0, all: '' });
    expect(asked.all).toMatch(/^core-3\.11, core-3\.13$/m);
    expect(asked.all).toContain('- core.in → iniconfig');
    expect(asked.all).toMatch(/The newest is 2\.1\.0; this holds it back:[^]*iniconfig<2/);
    expect(asked.all).toContain('Nothing holds it back');
  });
});
