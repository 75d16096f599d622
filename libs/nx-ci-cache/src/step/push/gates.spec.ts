import type { TaskGraph } from '@nx/devkit';
import { recordPaths, type Config } from '@nx-ci-cache/records';
import type { StepContext } from '../context/context';
import { requireGates } from './gates';

describe('requireGates', () => {
  const config = {
    file: 'apps/a/ci-cache.json',
    modes: [{ name: 'core', requirements: [], allowSdist: [] }],
    pythons: ['3.13'],
    push: { gates: ['api:test', 'a:lint'], allowUntested: false },
  } as unknown as Config;
  const projects = {
    a: {
      targets: {
        lint: {},
        'push-constraints': { executor: 'nx-ci-cache:push-constraints' },
        'check-constraints': { executor: 'nx-ci-cache:check-constraints' },
        'generate-constraints': { executor: 'nx-ci-cache:generate-constraints' },
        ...Object.fromEntries(
          ['3.11', '3.13'].map((python) => [
            `generate-constraints--core-${python}`,
            { executor: 'nx-ci-cache:generate-constraints', options: { mode: 'core', python } },
          ]),
        ),
      },
    },
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
  const judge = (graph: Record<string, string[]>, changes: object = {}, continuousDependencies: object = {}) =>
    requireGates({
      config,
      ...{ projectName: 'a', taskName: 'a:push-constraints', projects },
      ...changes,
      taskGraph: { dependencies: graph, continuousDependencies, tasks: tasksOf(graph) } as unknown as TaskGraph,
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
      ['a named input of its dependencies', { inputs: ['^files', { input: 'files', dependencies: true }] }],
      ['a named input of other projects', { inputs: [{ input: 'files', projects: ['api'] }] }],
    ])('is refused with %s', (_name, test) => {
      const more = { namedInputs: { files: [outputs('**/*')] } };
      expect(() => judge(dependencies, workspace(test, more))).toThrow(
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
      ['the files in a hidden folder', { inputs: [outputs('**/core-*.txt')] }, { paths: recordPaths('.ci/a') }],
      ['nothing, where it is an aggregate', { executor: 'nx:noop' }, {}],
    ])('counts with %s', (_name, test, more) => {
      expect(judge(dependencies, workspace(test, more)).tested).toBe('api:test used all files');
    });

    it('tested no more than the files in its hash', () => {
      const two = { config: { ...config, pythons: ['3.11', '3.13'] } };
      const other = 'a:generate-constraints--core-3.11';
      const graph = { ...dependencies, 'a:generate-constraints': [cell, other], [other]: [] };
      expect(judge(graph, { ...workspace({ inputs: [outputs('**/*-3.11.txt')] }), ...two }).tested).toBe(
        'api:test used core-3.11.txt',
      );
    });

    it('needs no word of what lies behind it where it asks the cells itself', () => {
      const direct = { ...dependencies, 'api:test': [cell] };
      expect(judge(direct, workspace({ inputs: [outputs('**/*.txt', false)] })).tested).toBe('api:test used all files');
    });

    it('is not told by Nx what a continuous task it needs has used', () => {
      const served = { ...dependencies, 'api:test': [], 'api:test:unit': [cell] };
      const continuous = { 'api:test': ['api:test:unit'] };
      const cached = workspace({ inputs: [outputs('**/*.txt')] });
      expect(() => judge(served, cached, continuous)).toThrow(
        expect.objectContaining({
          message: expect.stringContaining('api:test is cached without core-3.13.txt'),
          remedy: expect.stringMatching(/^Let api:test depend on a:generate-constraints--core-3.13 itself, and add /),
        }),
      );
      expect(judge(served, workspace({ cache: false }), continuous).tested).toBe('api:test used all files');
    });

    it('is judged by a few looks at each task, however many there are', () => {
      const names = Array.from({ length: 300 }, (_, at) => `p${at}:build`);
      const chain = Object.fromEntries(names.map((name, at) => [name, at === 0 ? [cell] : names.slice(at - 1, at)]));
      let looks = 0;
      const counted = new Proxy<Record<string, string[]>>(
        { ...dependencies, ...chain, 'api:test': names },
        { get: (graph, id: string) => ((looks += 1), graph[id]) },
      );
      expect(judge(counted, workspace({ cache: false })).tested).toBe('api:test used all files');
      expect(looks).toBeLessThan(30 * names.length);
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

  it.each([
    ['everything, when dependencies are excluded', { 'a:push-constraints': [] }, `${cell}, api:test, a:lint`],
    [
      'a misspelt gate',
      { ...dependencies, 'a:push-constraints': ['a:check-constraints', 'a:lint'] },
      'contain api:test,',
    ],
    ['its cells', { ...dependencies, 'a:check-constraints': [], 'api:test': [] }, `contain ${cell},`],
  ])('refuses a run that lacks %s', (_name, graph, words) => {
    expect(() => judge(graph)).toThrow(words);
  });

  it('knows targets by what they do, whatever they are called and however they are grouped', () => {
    const targets = {
      resolve: { executor: 'nx-ci-cache:generate-constraints' },
      ship: { executor: 'nx-ci-cache:push-constraints' },
      lint: {},
    };
    const byHand = { projects: { ...projects, a: { targets } }, taskName: 'a:ship' };
    const graph = { 'a:ship': ['api:test', 'a:lint'], 'api:test': ['a:resolve'], 'a:resolve': [], 'a:lint': [] };
    expect(judge(graph, byHand)).toEqual({ gates: 'api:test, a:lint', tested: 'api:test used all files' });
    expect(() => judge({ ...graph, 'a:ship': ['a:lint'], 'api:test': [] }, byHand)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('does not contain a:resolve, api:test,'),
        remedy: expect.stringContaining(
          'let "dependsOn" of a:ship, or of what stands before it, hold ' +
            '{"projects":["a"],"target":"resolve"}, {"projects":["api"],"target":"test"}.',
        ),
      }),
    );
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
