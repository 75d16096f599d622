import type { TaskGraph } from '@nx/devkit';
import { recordPaths, type Config } from '@nx-ci-cache/config';
import type { StepContext } from '../context/context';
import { closeMatches } from './close-matches';
import { commitMessage } from './commit-message';
import { commitTitle } from './commit-title';
import { commitTrailers } from './commit-trailers';
import { requireGates } from './gates';

const off = { dryRun: false, answer: false, force: false };

describe('requireGates', () => {
  const config = {
    file: 'apps/a/ci-cache.json',
    modes: [{ name: 'core', requirements: [], allowSdist: [] }],
    pythons: ['3.13'],
    push: { gates: ['api:test', 'a:lint'], allowUntested: false },
  } as unknown as Config;
  const projects = {
    a: { targets: { lint: {}, 'push-constraints': { cache: false } } },
    api: { targets: { test: {}, 'test:unit': {} } },
  };
  const cell = 'a:generate-constraints--core-3.13';
  const dependencies = {
    'a:push-constraints': ['a:check-constraints', 'api:test', 'a:lint'],
    'a:check-constraints': ['a:generate-constraints'],
    'a:generate-constraints': [cell],
    'api:test': ['a:generate-constraints'],
    'a:lint': [],
    [cell]: [],
  };
  /** As Nx makes them: the id of a task with a configuration ends with its name. */
  const tasksOf = (graph: Record<string, string[]>) =>
    Object.fromEntries(
      Object.keys(graph).map((id) => {
        const [project = '', ...rest] = id.replace(/:ci$/, '').split(':');
        return [id, { id, target: { project, target: rest.join(':') } }];
      }),
    );
  const judge = (graph: Record<string, string[]>, changes: object = {}) =>
    requireGates({
      config,
      projectName: 'a',
      projects,
      ...changes,
      taskGraph: { dependencies: graph, tasks: tasksOf(graph) } as unknown as TaskGraph,
    } as unknown as StepContext);
  const withPush = (push: object) => ({ config: { ...config, push: { ...config.push, ...push } } });

  it('says which gates passed and which of them used which files', () => {
    expect(judge(dependencies)).toEqual({ gates: 'api:test, a:lint', tested: 'api:test used all files' });
    const two = { config: { ...config, pythons: ['3.11', '3.13'] } };
    const other = 'a:generate-constraints--core-3.11';
    expect(
      judge({ ...dependencies, 'a:check-constraints': [cell, other], 'api:test': [other], [other]: [] }, two).tested,
    ).toBe('api:test used core-3.11.txt');
  });

  it('reads the edges of Nx 24 as it reads the ids of Nx 22 and 23', () => {
    const edges = Object.entries(dependencies).map(([task, ids]) => [task, ids.map((id) => ({ id }))]);
    expect(judge(Object.fromEntries(edges) as Record<string, string[]>)).toEqual(judge(dependencies));
  });

  it('knows a gate that runs in a configuration, which its task is named after', () => {
    const { 'api:test': before, ...others } = dependencies;
    const graph = {
      ...others,
      'api:test:ci': before,
      'a:push-constraints': ['a:check-constraints', 'api:test:ci', 'a:lint'],
    };
    expect(judge(graph)).toEqual(judge(dependencies));
  });

  describe('a gate that is cached', () => {
    const paths = recordPaths('apps/a');
    const workspace = (test: object, more: object = {}) => ({
      paths,
      projects: { ...projects, api: { targets: { ...projects.api.targets, test: { cache: true, ...test } } } },
      ...more,
    });
    const outputs = (glob: string, transitive = true) => ({ dependentTasksOutputFiles: glob, transitive });

    it.each([
      ['nothing said of inputs', {}],
      ['sources only', { inputs: ['default', '{projectRoot}/**/*', { env: 'CI' }] }],
      ['files of other names', { inputs: [outputs('**/*.json')] }],
      ['files of its own dependencies, which make none', { inputs: [outputs('**/*.txt', false)] }],
    ])('is refused with %s', (_name, test) => {
      expect(() => judge(dependencies, workspace(test))).toThrow(
        expect.objectContaining({
          message: expect.stringContaining('api:test is cached without core-3.13.txt in its inputs'),
          remedy: expect.stringContaining('"dependentTasksOutputFiles": "**/core-*.txt", "transitive": true'),
        }),
      );
    });

    it.each([
      ['the files by a glob', { inputs: [outputs('**/core-*.txt')] }, {}],
      [
        'a named input of the workspace',
        { inputs: ['files'] },
        { namedInputs: { files: ['more'], more: [outputs('**/*')] } },
      ],
      ['a named input as an object', { inputs: [{ input: 'files' }] }, { namedInputs: { files: [outputs('**/*')] } }],
    ])('counts with %s', (_name, test, more) => {
      expect(judge(dependencies, workspace(test, more)).tested).toBe('api:test used all files');
    });

    it('needs no word of what lies behind it where it asks the cells itself', () => {
      const direct = { ...dependencies, 'api:test': [cell] };
      expect(judge(direct, workspace({ inputs: [outputs('**/*.txt', false)] })).tested).toBe('api:test used all files');
    });

    it('is judged with what stands between it and the cells', () => {
      const between = { ...dependencies, 'api:test': ['api:test:unit'], 'api:test:unit': [cell] };
      const changes = workspace({ cache: false });
      const cachedBetween = { ...projects.api.targets, test: {}, 'test:unit': { cache: true } };
      expect(() => judge(between, { ...changes, projects: { ...projects, api: { targets: cachedBetween } } })).toThrow(
        'api:test:unit is cached without core-3.13.txt in its inputs',
      );
    });
  });

  it('refuses a gate that never ends', () => {
    const endless = { projects: { ...projects, api: { targets: { test: { continuous: true } } } } };
    expect(() => judge(dependencies, endless)).toThrow('allowed: a target that ends');
  });

  it.each<[string, object, Record<string, string[]>]>([
    ['no gate uses the files', {}, { ...dependencies, 'api:test': [] }],
    ['there is no gate', { gates: [] }, dependencies],
  ])('refuses to publish when %s, unless that is allowed', (_name, push, graph) => {
    expect(judge(graph, withPush(push))).toMatchObject({
      tested: 'sources only',
      refusal: expect.stringContaining('push.allowUntested'),
    });
    expect(judge(graph, withPush({ ...push, allowUntested: true }))).not.toHaveProperty('refusal');
  });

  it.each([
    [['api:tset'], 'push.gates[0] = "api:tset"', 'perhaps api:test'],
    [['a:lint', 'aip:test'], 'push.gates[1] = "aip:test"', 'perhaps api:test'],
    [['api:test:unti'], 'push.gates[0]', 'perhaps api:test:unit'],
    [['web:everything-else'], 'push.gates[0]', 'a target of this workspace'],
  ])('names a gate no project has, and what may be meant: %j', (gates, ...says) => {
    for (const words of says) expect(() => judge(dependencies, withPush({ gates }))).toThrow(words);
  });

  it('refuses a push that Nx may take from its cache', () => {
    const cached = { projects: { ...projects, a: { targets: { lint: {}, 'push-constraints': { cache: true } } } } };
    expect(() => judge(dependencies, cached)).toThrow('a:push-constraints has "cache": true');
  });

  it.each([
    [
      'everything, when dependencies are excluded',
      { 'a:push-constraints': [] },
      `${cell}, a:check-constraints, api:test, a:lint`,
    ],
    [
      'a misspelt gate',
      { ...dependencies, 'a:push-constraints': ['a:check-constraints', 'a:lint'] },
      'contain api:test,',
    ],
    ['a cell', { ...dependencies, 'a:generate-constraints': [], 'api:test': [] }, `contain ${cell},`],
    ['the check', { ...dependencies, 'a:push-constraints': ['api:test', 'a:lint'] }, 'contain a:check-constraints,'],
  ])('refuses a run that lacks %s', (_name, graph, words) => {
    expect(() => judge(graph)).toThrow(words);
  });

  it('counts a gate only when it comes before the push', () => {
    const beside = {
      ...dependencies,
      'a:push-constraints': ['a:check-constraints', 'a:lint'],
      'api:test': ['a:push-constraints'],
    };
    expect(() => judge(beside)).toThrow('api:test');
  });
});

describe('closeMatches', () => {
  it.each([
    ['app:gaet', ['app:gate', 'app:gates'], 'a target one slip away comes first'],
    ['zzz', [], 'nothing that is merely short'],
  ])('%s: %j', (word, expected) => {
    expect(closeMatches(word, ['web:build', 'app:gates', 'app:gate', 'app:test'])).toEqual(expected);
  });
});

describe('what a commit says of its run', () => {
  const values = { files: 1, sourceBranch: 'main', commit: 'c0ffee'.repeat(7), cutoff: '2026-05-01T00:00:00Z' };

  it.each([
    ['Update {files}', 'Update 1 constraint file'],
    [
      'chore({sourceBranch}): {files} from {commit} [skip ci]',
      'chore(main): 1 constraint file from c0ffeec0ffee [skip ci]',
    ],
    ['{cutoff} {other}', '2026-05-01T00:00:00Z {other}'],
    ['{files}{files}', '1 constraint file1 constraint file'],
  ])('the title %s', (template, title) => expect(commitTitle(template, values)).toBe(title));

  it('the title of several files', () =>
    expect(commitTitle('{files}', { ...values, files: 2 })).toBe('2 constraint files'));

  it('counts no file where files only go', () =>
    expect(commitTitle('Update {files}', { ...values, files: 0 })).toBe('Update constraint files'));

  it.each([
    ['a\u202eb\u0000c\u200bd\u2028e', 'abcde'],
    ['\u001b[31mred\u001b[0m', 'red'],
    ['::error::x', ': :error::x'],
    ['a{commit}', 'a{commit}'],
  ])('a title with the branch %j shows nothing a terminal or a CI obeys', (sourceBranch, shown) => {
    expect(commitTitle('chore({sourceBranch}): x', { ...values, sourceBranch })).toBe(`chore(${shown}): x`);
  });

  it('the page of the run, where the CI tells it', () => {
    const words = { tested: 't', run: 'r', switches: off };
    expect(commitTrailers({ ...words, ciRun: 'https://ci.example/1' })).toEqual({
      Tested: 't',
      Run: 'r',
      'CI-Run': 'https://ci.example/1',
    });
  });

  it('the switches that were on, and nothing of those that were not', () => {
    const run = { tested: 'sources only', run: 'r', ciRun: undefined };
    expect(commitTrailers({ ...run, switches: off })).toEqual({ Tested: 'sources only', Run: 'r' });
    const switches = { ...off, dryRun: true, cutoff: '2026-05-01T00:00:00Z', tag: 'constraints-1.2.3' };
    expect(commitTrailers({ ...run, switches })['Overrides']).toBe(
      'CI_CACHE_DRY_RUN CI_CACHE_CUTOFF=2026-05-01T00:00:00Z CI_CACHE_TAG=constraints-1.2.3',
    );
  });
});

describe('commitMessage', () => {
  it('names files, sources, cut-off and gates', () => {
    const changes = {
      run: 'r',
      result: 'changed' as const,
      digests: {},
      files: [
        {
          file: 'core-3.13.txt',
          published: true,
          unchanged: 2,
          changes: [{ name: 'a', kind: 'upgraded' as const, from: '1', to: '2' }],
        },
        { file: 'core-3.11.txt', published: true, unchanged: 3, changes: [] },
        { file: 'core-3.12.txt', published: false, unchanged: 0, changes: [] },
      ],
    };
    const facts = { cutoff: '2026-05-01T00:00:00Z', sourceCommit: 'c0ffee', tested: 'api:test' };
    expect(commitMessage({ title: 'chore: x', changes, ...facts })).toBe(
      [
        'chore: x',
        '',
        '- core-3.13.txt: 1 pins changed',
        '- core-3.12.txt: new',
        '',
        'Resolved from c0ffee with releases up to 2026-05-01T00:00:00Z.',
        'Gates: api:test',
      ].join('\n'),
    );
  });

  it('names what the configuration let pass', () => {
    const changes = { run: 'r', result: 'changed' as const, digests: {}, files: [], overrides: ['f: a goes down'] };
    expect(commitMessage({ title: 'x', changes, cutoff: '', sourceCommit: '', tested: 'none' })).toContain(
      '\n\nAllowed by constraints.guard:\n- f: a goes down\n\nResolved from',
    );
  });
});
