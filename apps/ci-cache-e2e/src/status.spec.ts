import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace } from './support/workspace';

describe('status', () => {
  it('prints one line of JSON beside the lines of Nx, writes nothing, and fails for changes only where asked', async () => {
    const workspace = await Workspace.create();
    const asked = await workspace.nx(['run', 'app:status', '--json']);
    expect({ exitCode: asked.exitCode, all: asked.exitCode === 0 ? '' : asked.all }).toEqual({ exitCode: 0, all: '' });
    const lines = asked.stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      ...{ version: 1, outcome: 'changes-pending', exitCode: 2, troubles: [] },
      branch: { tip: null, missing: expect.arrayContaining(['core-3.11.txt', 'core-3.13.txt']) },
    });
    expect(existsSync(join(workspace.folder, 'dist'))).toBe(false);
    const failing = await workspace.nx(['run', 'app:status', '--fail-on=changes', '--badge=dist/badge.json']);
    expect(failing.exitCode).toBe(1);
    expect(failing.all).toContain('changes are pending, and --fail-on=changes was asked for');
    expect(workspace.read('dist/badge.json')).toContain('"message": "changes pending"');
  });
});
