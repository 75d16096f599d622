import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { poison } from './support/nx-cache';
import type { ChangesRecord, PushRecord } from './support/records';
import { Workspace } from './support/workspace';

describe('a cache that somebody else has written to', () => {
  let workspace: Workspace;

  /** What another machine does: nothing is left but the cache. */
  const forget = () => rmSync(join(workspace.folder, 'dist'), { recursive: true, force: true });
  const push = (...flags: string[]) =>
    workspace.nx(['run', 'app:push-constraints', ...flags], { CI_CACHE_ANSWER: 'yes' });
  const hit = /nx run app:generate-constraints--core-3\.13 +\[.*cache/;
  const core = () => workspace.published('show', 'constraints-main:core-3.13.txt');

  beforeAll(async () => {
    workspace = await Workspace.create();
    const { exitCode, all } = await workspace.run('generate-constraints');
    if (exitCode !== 0) throw new Error(all);
  });

  it('cannot publish a file that is sound but is not what its facts resolve to', async () => {
    expect(poison(workspace, 'core-3.13.txt', (text) => text.replace(/iniconfig==.*/, 'iniconfig==2.0.0'))).toBe(1);
    forget();
    const { exitCode, all } = await push();
    expect(exitCode).not.toBe(0);
    expect(all).toMatch(hit);
    expect(workspace.record<ChangesRecord>('changes.json').result).toBe('changed');
    expect(all).toMatch(/another file came out for core-3\.13\.txt \(iniconfig 2\.0\.0, now \d/);
    expect(all).toContain('→ Run again with --skip-nx-cache');
    expect(workspace.record<PushRecord>('push.json').result).toBe('refused');
    expect(await workspace.tip()).toBe('');
  });

  it.each([
    ['another index', (text: string) => `--index-url https://index.example.com/simple\n${text}`, ['only-pins']],
    ['a stranger', (text: string) => `${text}six==1.16.0\n`, ['resolves-to-itself']],
    ['nothing', () => '# empty\n', ['enough-pins', 'direct-requirements', 'resolves-to-itself']],
  ])('cannot publish %s: the guards refuse it, each with its reason', async (_name, change, guards) => {
    let original = '';
    poison(workspace, 'core-3.13.txt', (text) => change((original = text)));
    forget();
    const { exitCode, all } = await push();
    poison(workspace, 'core-3.13.txt', () => original);
    expect(exitCode).not.toBe(0);
    expect(all).toMatch(hit);
    const { result, refusals = [] } = workspace.record<ChangesRecord>('changes.json');
    expect({ result, guards: refusals.map(({ guard }) => guard) }).toEqual({ result: 'refused', guards });
    expect(workspace.read('dist/app/changes.md')).toContain('### Refused: nothing of this may be pushed');
    expect(await workspace.tip()).toBe('');
  });

  it('is no longer asked after a run without it, which publishes the truth', async () => {
    forget();
    const { exitCode, all } = await push('--skip-nx-cache');
    expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
    expect(await core()).toMatch(/^iniconfig==(?!2\.0\.0)/m);
  });

  it('cannot take a package back, and says so also in the report', async () => {
    const back = (text: string) => text.replace(/packaging==.*/, 'packaging==24.0');
    expect(poison(workspace, 'constraints-3.13.txt', back)).toBeGreaterThan(0);
    forget();
    const before = await workspace.tip();
    const { exitCode, all } = await push();
    expect(exitCode).not.toBe(0);
    expect(all).toMatch(/constraints-3\.13\.txt: packaging goes down from \S+ to 24\.0/);
    await workspace.run('report');
    expect(workspace.read('dist/app/refresh.md')).toContain('### check-constraints failed');
    expect(await workspace.tip()).toBe(before);
  });
});
