import { join } from 'node:path';
import { digestOf } from '@nx-ci-cache/process';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { execute } from './support/execute';
import { imageProject } from './support/image-project';
import type { ChangesRecord, FreezeRecord, RefreshReport } from './support/records';
import { Workspace } from './support/workspace';

const pythons = ['3.11', '3.13'];
const modes = ['constraints', 'constraints-source-providers', 'constraints-no-providers'];
/** iniconfig 2.0.0 is of January 2023, 2.1.0 of March 2025. */
const before = { CI_CACHE_CUTOFF: '2025-01-01T00:00:00Z' };
const after = { CI_CACHE_CUTOFF: '2025-04-01T00:00:00Z' };

describe('a mode that freezes the image built from the sources', () => {
  let workspace: Workspace;

  const run = async (target: string, env: Record<string, string> = {}) => {
    const { exitCode, all } = await workspace.run(target, env);
    if (exitCode !== 0) throw new Error(all);
    return all;
  };
  const hits = (output: string) => [...output.matchAll(/nx run app:(\S+--\S+) +\[.*cache/g)].map(([, task]) => task);
  const frozen = (python: string) =>
    workspace.read(`dist/app/constraints-${python}/constraints-source-providers-${python}.txt`);

  beforeAll(async () => {
    workspace = await Workspace.create();
    workspace.write(imageProject({ images: workspace.images, all: ['iniconfig', 'packaging'] }));
    await workspace.commit('an application built from its sources');
  });

  it('holds the newest release up to the cut-off, and nothing of its own', async () => {
    await run('generate-constraints', before);
    for (const python of pythons) {
      expect(frozen(python)).toBe(
        [
          `# constraints-source-providers for Python ${python}`,
          '# Releases up to 2025-01-01, resolved by image ci.',
          '# Written by nx-ci-cache: edit the requirements, not this file.',
          'iniconfig==2.0.0',
          'packaging==24.2',
          '',
        ].join('\n'),
      );
      expect(workspace.read(`dist/app/images/${python}/freeze.txt`)).toBe(
        'acme-member @ file:///src/member\niniconfig==2.0.0\npackaging==24.2\n',
      );
      expect(workspace.record<FreezeRecord>(`images/${python}/freeze.json`)).toMatchObject({
        ...{ result: 'frozen', image: 'ci', python, platform: 'linux/amd64', packages: 3 },
        ...{ cutoff: before.CI_CACHE_CUTOFF, node: 'linux-amd64' },
      });
    }
  });

  it('is an Nx cache hit on a second run: the build is looked at again, and holds the same bytes', async () => {
    const tasks = modes.flatMap((mode) => pythons.map((python) => `generate-constraints--${mode}-${python}`));
    expect(hits(await run('generate-constraints', before)).sort()).toEqual(tasks.sort());
    const { steps } = workspace.record<FreezeRecord>('images/3.13/freeze.json');
    expect(steps?.cached).toBe(steps?.total);
  });

  it('moves with a release inside a moved cut-off', async () => {
    expect(hits(await run('generate-constraints', after))).toEqual([]);
    for (const python of pythons) expect(frozen(python)).toMatch(/^iniconfig==2\.1\.0$/m);
  });

  it('needs its image: without the build a cell says which target makes it', async () => {
    await execute('rm', ['-r', 'dist/app/images'], { cwd: workspace.folder });
    const cell = 'generate-constraints--constraints-source-providers-3.11';
    const { exitCode, all } = await workspace.nx([
      'run',
      `app:${cell}`,
      '--excludeTaskDependencies',
      '--skip-nx-cache',
    ]);
    expect({ exitCode, all }).toMatchObject({
      exitCode: 1,
      all: expect.stringContaining('app:build-image--3.11 first'),
    });
  });

  it('is reported where image and host disagree', async () => {
    workspace.write(imageProject({ images: workspace.images, all: ['iniconfig<2.1', 'packaging'] }));
    await workspace.commit('an older iniconfig on the host');
    await run('check-constraints', after);
    expect(workspace.record<ChangesRecord>('changes.json').disagreements).toEqual(
      pythons.map((python) => ({
        ...{ python, name: 'iniconfig' },
        versions: { constraints: '2.0.0', 'constraints-source-providers': '2.1.0' },
      })),
    );
  });

  it('is pushed, and its legs build from the same Dockerfile with the pushed pins', async () => {
    await run('refresh', after);
    const report = workspace.record<RefreshReport>('refresh.json');
    expect(report.steps.find(({ step }) => step === 'build-image--3.11')?.text).toBe('3 packages, nothing was built');
    const files = (await workspace.published('ls-tree', '--name-only', 'constraints-main')).split('\n');
    expect(files).toEqual(modes.flatMap((mode) => pythons.map((python) => `${mode}-${python}.txt`)).sort());
    expect(await workspace.published('show', 'constraints-main:constraints-source-providers-3.13.txt')).toContain(
      'iniconfig==2.1.0',
    );
  });

  it('is refreshed by hand too, in one process', async () => {
    const before = await workspace.tip();
    await run('refresh-manual', { CI_CACHE_CUTOFF: '2025-06-01T00:00:00Z' });
    const names = await workspace.published('diff', '--name-only', before, 'constraints-main');
    expect(names.split('\n')).toEqual(expect.arrayContaining(pythons.map((each) => `${modes[1]}-${each}.txt`)));
    expect(await workspace.published('log', '-1', '--format=%B', 'constraints-main')).toContain(
      'Gates: none, refreshed by hand',
    );
  });

  it('is built from the registry caches on a node that holds nothing', async () => {
    const empty = join(process.env['E2E_FOLDER'] ?? '', 'empty-node');
    await up(empty, { parts: ['amd64'] });
    try {
      const { CI_CACHE_BUILDKIT_AMD64 = '', BUILDX_CONFIG = '' } = stackEnv(empty);
      const env = { ...after, CI_CACHE_BUILDKIT_AMD64, BUILDX_CONFIG };
      for (const python of pythons) await run(`build-image--${python}`, env);
    } finally {
      await down(empty, { purge: true });
    }
    for (const python of pythons) {
      const { steps, digest } = workspace.record<FreezeRecord>(`images/${python}/freeze.json`);
      // Up to the constraints a leg and this build are one; from there on they differ.
      expect(steps?.cached).toBeGreaterThan(0);
      expect(steps?.cached).toBeLessThan(steps?.total ?? 0);
      expect(digest).toBe(digestOf(workspace.read(`dist/app/images/${python}/freeze.txt`)));
    }
  });
});
