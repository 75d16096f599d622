import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseConfig, type Switches } from '@nx-ci-cache/config';
import { type BranchFacts, type CellFacts, recordPaths } from '@nx-ci-cache/records';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import type { StepContext } from '../context/context';
import { observeResolving, writeCells } from './write-cells';

const cutoff = '2026-02-01T00:00:00Z';
const published = { 'core-3.13.txt': '# head\nalpha==1.0\nbeta==1.0\n' };

describe('writeCells', () => {
  let index: LocalIndex;
  let root: string;
  let repository: string;
  let elsewhere: string;

  beforeEach(async () => {
    index = await startIndex([
      { name: 'alpha', version: '1.0' },
      { name: 'alpha', version: '2.0', uploaded: '2026-03-01T00:00:00.250Z' },
      { name: 'quiet', version: '1.0', uploaded: null },
    ]);
    root = repository = await mkdtemp(join(tmpdir(), 'nx-ci-cache-snapshot-'));
    elsewhere = await mkdtemp(join(tmpdir(), 'nx-ci-cache-elsewhere-'));
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'nothing yet');
    await write('.gitignore', 'dist\n');
    await write('libs/own/pyproject.toml', '[project]\nname = "Own.Lib"\nversion = "1"\n');
    await write('dist/ignored/pyproject.toml', '[project]\nname = "ignored"\n');
    await write('app/core.in', 'alpha\n');
  });
  afterEach(async () => {
    await index.close();
    for (const folder of [repository, elsewhere]) await rm(folder, { recursive: true });
  });

  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, env: gitEnvironment, encoding: 'utf8' });
  const config = (mode: object) =>
    JSON.stringify({
      pythons: ['3.11', '3.13'],
      index: { url: index.url },
      constraints: { modes: { core: { requirements: ['core.in'], pythons: ['3.13'], ...mode } } },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    });
  const facts = async (
    mode: object,
    switches: Partial<Switches> = {},
    branch: Pick<BranchFacts, 'preview'> = { preview: 'a test' },
  ): Promise<CellFacts> => {
    const text = config(mode);
    const context = {
      ...{
        workspaceRoot: root,
        config: parseConfig(text, 'app'),
        paths: recordPaths('app'),
        environment: {},
        switches,
      },
      at: (path: string) => join(root, path),
      say: () => undefined,
    } as unknown as StepContext;
    const sourceCommit = git('rev-parse', 'HEAD').trim();
    await writeCells(context, { cutoff, sourceCommit, ...branch }, published, {
      ...(await observeResolving(context)),
      linuxOf: () => undefined,
    });
    return JSON.parse(await readFile(join(root, 'dist/app/cells/core-3.13.json'), 'utf8')) as CellFacts;
  };

  it.each([
    ['a file it resolves', 'app/core.in', 'beta\n'],
    ['a bound', 'bounds.txt', 'alpha<3\n'],
    ['its own configuration', 'app/ci-cache.json', '{}'],
  ])('refuses %s that differs from the commit, except in a preview', async (_name, path, text) => {
    const mode = { constraints: ['{workspaceRoot}/bounds.txt'] };
    await write('bounds.txt', 'alpha<2\n');
    await write('app/ci-cache.json', config(mode));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'sources');
    await expect(facts(mode, {}, {})).resolves.toMatchObject({ mode: 'core' });
    await write('elsewhere.txt', 'not a source\n');
    await write(path, text);
    await expect(facts(mode, {}, {})).rejects.toMatchObject({
      message: `sources of the constraints differ from the commit: ${path}`,
      remedy: expect.stringContaining('Commit them first'),
    });
    await expect(facts(mode)).resolves.toMatchObject({ mode: 'core' });
  });

  it.each<[string, string | RegExp, () => Promise<void>]>([
    ['that git ignores', 'app/made.in', () => write('app/made.in', 'alpha\n')],
    ['behind a committed link', 'other/all.in', () => symlink('../other/all.in', join(root, 'app/made.in'))],
    [
      'behind a committed link that leads out of the workspace',
      /^\.\.\/.+\/core\.in$/,
      async () => {
        await rename(join(root, 'other/all.in'), join(elsewhere, 'core.in'));
        await symlink(join(elsewhere, 'core.in'), join(root, 'app/made.in'));
      },
    ],
  ])('refuses a file %s and that nobody committed', async (_name, path, make) => {
    const mode = { requirements: ['made.in'] };
    await write('app/ci-cache.json', config(mode));
    await write('other/all.in', 'alpha\n');
    await make();
    await write(
      '.gitignore',
      `dist\nother\n${(await lstat(join(root, 'app/made.in'))).isFile() ? 'app/made.in\n' : ''}`,
    );
    git('add', '--all');
    git('commit', '--quiet', '--message', 'sources');
    await expect(facts(mode, {}, {})).rejects.toMatchObject({
      message: expect.stringContaining('sources of the constraints differ from the commit'),
      data: { paths: [expect.stringMatching(path)] },
    });
  });

  it('takes a committed file behind a link that leads to another folder of the repository', async () => {
    root = join(repository, 'workspace');
    await write('../shared.in', 'alpha\n');
    await write('app/ci-cache.json', config({ requirements: ['made.in'] }));
    await symlink('../../shared.in', join(root, 'app/made.in'));
    git('add', '--all', repository);
    git('commit', '--quiet', '--message', 'sources');
    await expect(facts({ requirements: ['made.in'] }, {}, {})).resolves.toMatchObject({
      requirements: [{ path: 'made.in', text: 'alpha\n' }],
    });
    await write('../shared.in', 'beta\n');
    await expect(facts({ requirements: ['made.in'] }, {}, {})).rejects.toMatchObject({
      message: 'sources of the constraints differ from the commit: shared.in',
    });
  });

  it('records the Python that builds sdists, and nothing of it where none may be built', async () => {
    expect((await facts({ allowSdist: ['alpha'] })).sdistPython).toMatch(/^\d+\.\d+\.\d+/);
    expect(await facts({})).not.toHaveProperty('sdistPython');
  });

  it('records the workspace’s own distributions, but none that git ignores', async () => {
    expect((await facts({})).ownPackages).toEqual(['own-lib']);
  });

  it('records published pins only for a mode that keeps them, and lets go what the run upgrades', async () => {
    expect((await facts({})).keep).toBeUndefined();
    expect((await facts({ keepPins: true })).keep).toBe('alpha==1.0\nbeta==1.0\n');
    expect((await facts({ keepPins: true }, { upgrade: ['Alpha'] })).keep).toBe('beta==1.0\n');
    expect((await facts({ keepPins: true }, { upgrade: true })).keep).toBeUndefined();
  });

  it('sees an exempt package up to just after its newest release, so that nothing moves until it is released', async () => {
    expect((await facts({ cutoffExempt: ['Alpha'] })).exempt).toEqual({ Alpha: '2026-03-01T00:00:01Z' });
    index.publish({ name: 'alpha', version: '2.1', uploaded: '2026-03-02T00:00:00Z' });
    expect((await facts({ cutoffExempt: ['Alpha'] })).exempt).toEqual({ Alpha: '2026-03-02T00:00:01Z' });
  });

  it.each([
    ['no index has it', 'nowhere'],
    ['do not all say when they were uploaded', 'quiet'],
  ])('refuses to exempt a package of which %s', async (why, name) => {
    await expect(facts({ cutoffExempt: [name] })).rejects.toMatchObject({
      code: 'ResolveFailed',
      message: expect.stringContaining(why),
      remedy: expect.stringContaining('cutoffExempt'),
    });
  });

  it('is the same file for the same world, and another one for a changed requirement', async () => {
    const first = await facts({});
    expect(await facts({})).toEqual(first);
    await write('app/core.in', 'alpha<2\n');
    expect(await facts({})).toEqual({ ...first, requirements: [{ path: 'core.in', text: 'alpha<2\n' }] });
  });
});
