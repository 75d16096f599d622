import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodes } from './create-nodes';
import type { PluginOptions } from './naming';

let workspaceRoot: string;
beforeEach(() => {
  workspaceRoot = mkdtempSync(join(tmpdir(), 'create-nodes-'));
});
afterEach(() => rmSync(workspaceRoot, { recursive: true }));

const write = (root: string, mode: string, to: string): string => {
  const config = {
    pythons: ['3.13'],
    constraints: { modes: { [mode]: { requirements: ['all.in'] } } },
    push: { branches: [{ from: 'main', to }] },
  };
  mkdirSync(join(workspaceRoot, root), { recursive: true });
  writeFileSync(join(workspaceRoot, root, 'ci-cache.json'), JSON.stringify(config));
  return join(root, 'ci-cache.json');
};

const infer = async (files: readonly string[], options?: PluginOptions) =>
  createNodes[1](files, options, { workspaceRoot, nxJsonConfiguration: {} });

it('gives each project its targets', async () => {
  const files = [write('apps/a', 'core', 'constraints-main'), write('apps/b', 'other', 'constraints-main')];
  const projects = (await infer(files)).map(([file, { projects }]) => [file, Object.keys(projects ?? {})]);
  expect(projects).toEqual([
    ['apps/a/ci-cache.json', ['apps/a']],
    ['apps/b/ci-cache.json', ['apps/b']],
  ]);
});

const project = async (files: readonly string[], root: string) =>
  new Map(await infer(files)).get(join(root, 'ci-cache.json'))?.projects?.[root];

describe('a project whose ci-cache.json is wrong', () => {
  const wrong = () => {
    const files = [write('apps/a', 'core', 'constraints-main'), write('apps/b', 'core', 'constraints-b')];
    writeFileSync(join(workspaceRoot, 'apps/a/ci-cache.json'), '{ "pythons": ["3.13"], "constraint": {} }');
    return files;
  };

  it('has the targets that have no part, and each says what is wrong', async () => {
    const { targets = {}, metadata } = (await project(wrong(), 'apps/a')) ?? {};
    expect(Object.keys(targets)).toEqual(
      expect.arrayContaining(['snapshot', 'check-constraints', 'refresh', 'report']),
    );
    expect(Object.keys(targets).filter((name) => name.includes('--'))).toEqual([]);
    const descriptions = [metadata, ...Object.values(targets).map((target) => target.metadata)];
    for (const each of descriptions)
      expect(each?.description).toMatch(/^Cannot run: .*apps\/a\/ci-cache\.json: .*constraint/);
  });

  it('runs the step that tells, and it alone, whichever target is named', async () => {
    const { targets = {} } = (await project(wrong(), 'apps/a')) ?? {};
    expect(targets['refresh']?.dependsOn).toEqual(['snapshot']);
    expect(targets['generate-constraints']?.dependsOn).toEqual(['snapshot']);
    expect(targets['snapshot']?.inputs).toContain('{workspaceRoot}/apps/a/ci-cache.json');
    for (const name of ['snapshot', 'constraints', 'setup-builder', 'refresh-manual', 'doctor'])
      expect(targets[name]?.dependsOn).toBeUndefined();
  });

  it('takes nothing from another project', async () => {
    const { targets = {}, metadata } = (await project(wrong(), 'apps/b')) ?? {};
    expect(Object.keys(targets)).toContain('generate-constraints--core-3.13');
    expect(metadata?.description).toBeUndefined();
  });
});

it('keeps both of two projects that write one file to one branch, and shows the clash at the later one', async () => {
  const files = [write('apps/b', 'core', 'constraints-main'), write('apps/a', 'core', 'constraints-$1')];
  const [a, b] = [await project(files, 'apps/a'), await project(files, 'apps/b')];
  expect(Object.keys(b?.targets ?? {})).toEqual(Object.keys(a?.targets ?? {}));
  const clash = /^Cannot run: [^]*both write core-3\.13\.txt there[^]*→ /;
  expect(b?.metadata?.description).toMatch(clash);
  expect(b?.targets?.['snapshot']?.metadata?.description).toMatch(clash);
  expect(a?.metadata?.description).toBeUndefined();
});

it('makes of a file that cannot be read a project that says so', async () => {
  mkdirSync(join(workspaceRoot, 'apps/c/ci-cache.json'), { recursive: true });
  expect((await project(['apps/c/ci-cache.json'], 'apps/c'))?.metadata?.description).toContain('EISDIR');
});

describe('the names a workspace gives', () => {
  const options = { targetPrefix: 'ci-', targetNames: { 'generate-constraints': 'pin' } };
  const named = async () => {
    const [[, { projects = {} }] = ['', {}]] = await infer([write('apps/a', 'core', 'constraints-main')], options);
    return projects['apps/a'];
  };

  it('are those of all targets, and each waits for what the others are called', async () => {
    const targets = (await named())?.targets ?? {};
    expect(Object.keys(targets).filter((name) => !/^(ci-|pin)/.test(name))).toEqual([]);
    expect(targets['pin']?.dependsOn).toEqual(['pin--core-3.13']);
    expect(targets['pin--core-3.13']).toMatchObject({ dependsOn: ['ci-snapshot'], options: { mode: 'core' } });
    expect(targets['ci-check-constraints']?.dependsOn).toEqual(['ci-snapshot', 'pin--core-3.13']);
    expect(targets['ci-refresh']?.dependsOn).toEqual(['ci-plan-refresh']);
  });

  it('stand in the groups and in the help of the project’s page', async () => {
    const { targets = {}, metadata } = (await named()) ?? {};
    expect(Object.entries(metadata?.targetGroups ?? {})).toEqual([
      ['1 observe', ['ci-snapshot']],
      ['2 constraints', ['pin--core-3.13', 'pin', 'ci-check-constraints', 'ci-push-constraints']],
      ['3 images', ['ci-plan-refresh', 'ci-buildx-refresh']],
      ['4 the whole', ['ci-refresh', 'ci-report', 'ci-refresh-manual']],
      [
        '5 on request',
        [
          'ci-why',
          'ci-import',
          'ci-constraints',
          'ci-setup-builder',
          'ci-verify',
          'ci-doctor',
          'ci-status',
          'ci-prune',
          'ci-dev-image',
        ],
      ],
    ]);
    for (const [target, { metadata: shown }] of Object.entries(targets)) {
      expect(shown?.help?.command).toBe(`npx nx run "a:${target}" --help`);
      expect(shown?.help?.example.args).toHaveLength(1);
    }
  });

  it('are refused with what is wrong when they are none', async () => {
    const wrong = { targetNames: { refreshh: 'x' } };
    await expect(infer([write('apps/a', 'core', 'constraints-main')], wrong)).rejects.toThrow(/perhaps refresh[^]*→ /);
  });
});
