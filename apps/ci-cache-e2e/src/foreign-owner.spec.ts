/** A container that runs as another user than the one who owns the checkout: the chain reads it all the same. */
import { execFileSync } from 'node:child_process';
import { oneLegProject } from './support/one-leg';
import type { PushRecord, RefreshReport } from './support/records';
import { Workspace } from './support/workspace';

describe('a checkout of another owner', () => {
  let workspace: Workspace;
  let head: string;
  beforeAll(async () => {
    workspace = await Workspace.create();
    workspace.write(oneLegProject(workspace.images, 'true'));
    await workspace.commit('one leg');
    head = await workspace.git('rev-parse', 'HEAD');
    execFileSync('chown', ['--recursive', '--no-dereference', '65534:65534', workspace.folder]);
  });

  it('is one that git refuses to read', async () => {
    await expect(workspace.git('rev-parse', 'HEAD')).rejects.toThrow('dubious ownership');
  });

  it('is refreshed, its image sources included', async () => {
    const { exitCode, all } = await workspace.run('refresh');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(workspace.record('branch.json')).toMatchObject({ sourceCommit: head.trim() });
    expect(workspace.record<PushRecord>('push.json').result).toBe('pushed');
    expect(workspace.record<RefreshReport>('refresh.json').failed).toEqual([]);
  });
});
