import type { TargetConfiguration } from '@nx/devkit';
import { parseConfig } from '@nx-ci-cache/config';
import { recordPaths } from '@nx-ci-cache/records';
import { targetsOf } from '../../plugin/targets';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../context/context';
import { checkWiring } from './wiring';

type Targets = Readonly<Record<string, TargetConfiguration>>;

const written = {
  pythons: ['3.12', '3.13'],
  constraints: { modes: { core: { requirements: ['core.in'] } } },
  push: { branches: [{ from: 'main', to: 'constraints-main' }] },
};
const config = parseConfig(JSON.stringify(written), 'a');
const inferred = targetsOf(config, [{ externalDependencies: ['nx-ci-cache'] }]);
const cell = 'generate-constraints--core-3.13';
const facts = 'dist/a/cells/core-3.13.json';

const check = (targets: Targets, configured = config) =>
  checkWiring({
    ...wiredRun('a', targets),
    ...{ config: configured, paths: recordPaths('a'), namedInputs: { facts: [{ dependentTasksOutputFiles: facts }] } },
  } as unknown as StepContext);
const changed = (name: string, change: TargetConfiguration) => ({
  ...inferred,
  [name]: { ...inferred[name], ...change },
});

it.each<[string, TargetConfiguration]>([
  ['as they were inferred', {}],
  ['not cached', { cache: false, inputs: [] }],
  ['with more inputs and dependencies', { inputs: [...(inferred[cell]?.inputs ?? []), { env: 'X' }] }],
  ['with their facts by a named input', { inputs: ['default', 'facts'] }],
  ['with their facts by a glob', { inputs: [{ dependentTasksOutputFiles: '**/cells/*.json' }] }],
  [
    'behind others',
    {
      dependsOn: ['generate-constraints--core-3.12'],
      inputs: [{ dependentTasksOutputFiles: facts, transitive: true }],
    },
  ],
  ['of another executor, which is none of ours', { executor: 'nx:noop', inputs: [] }],
])('takes targets %s', (_name, change) => expect(() => check(changed(cell, change))).not.toThrow());

it.each<[string, string, TargetConfiguration, string, RegExp]>([
  [
    'no input',
    cell,
    { inputs: ['default'] },
    `a:${cell} is cached, but not on ${facts}`,
    /^Add \{"dependentTasksOutputFiles":"dist\/a\/cells\/core-3\.13\.json"\} to "inputs" of target "generate/,
  ],
  [
    'facts of another cell',
    cell,
    { inputs: [{ dependentTasksOutputFiles: 'dist/a/cells/core-3.12.json' }] },
    `not on ${facts}`,
    /^Add /,
  ],
  [
    'facts that Nx does not look for that far',
    cell,
    { dependsOn: ['generate-constraints--core-3.12'] },
    `not on ${facts}`,
    /^Add \{"dependentTasksOutputFiles":"dist\/a\/cells\/core-3\.13\.json","transitive":true\} to "inputs"/,
  ],
  ['nobody to write them', cell, { dependsOn: [] }, `not on ${facts}`, /^Let a task before it write that file/],
  [
    'facts that their writer does not declare',
    'snapshot',
    { outputs: [] },
    'core-3.12 is cached, but not on dist/a/cells/core-3.12.json',
    /^Let a task before it write that file and declare it in "outputs"/,
  ],
  [
    'outputs that are not kept',
    cell,
    { outputs: ['{workspaceRoot}/dist/a/constraints-3.13/core-3.13.txt'] },
    'dist/a/constraints-3.13/core-3.13.json is not among its outputs',
    /^Add "\{workspaceRoot\}\/dist\/a\/constraints-3\.13\/core-3\.13\.json", or its folder, to "outputs"/,
  ],
  ['an act', 'push-constraints', { cache: true }, 'a:push-constraints has "cache": true', /^Remove "cache" of target/],
  ['a look', 'snapshot', { cache: true }, 'a:snapshot has "cache": true', /targetDefaults of nx\.json\.$/],
])('refuses a cached target with %s, and says which line to change', (_name, target, change, message, remedy) => {
  expect(() => check(changed(target, change))).toThrow(
    expect.objectContaining({ message: expect.stringContaining(message), remedy: expect.stringMatching(remedy) }),
  );
});

describe('one target for all legs and images', () => {
  const images = {
    ci: {
      dockerfile: 'Dockerfile',
      repository: 'registry.example.com/python{python}',
      cache: 'registry.example.com/cache:{python}',
    },
  };
  const withImage = parseConfig(JSON.stringify({ ...written, images }), 'a');
  const own = targetsOf(withImage, [{ externalDependencies: ['nx-ci-cache'] }]);
  const { inputs = [], outputs = [] } = own['buildx-refresh'] ?? {};
  const without = (text: string) => ({
    inputs: inputs.filter((input) => !JSON.stringify(input).includes(text)),
    outputs: outputs.filter((output) => !output.includes(text)),
  });
  const checkOwn = (change: TargetConfiguration, others: Targets = {}) =>
    check({ ...own, ...others, 'buildx-refresh': { ...own['buildx-refresh'], ...change } }, withImage);

  it('is taken as inferred', () => expect(() => checkOwn({})).not.toThrow());

  it.each<[string, TargetConfiguration, string]>([
    ['the plan of a leg', { inputs: without('plan/ci-3.12-').inputs }, 'not on dist/a/plan/ci-3.12-linux-amd64.json'],
    ['the plan of an image', { inputs: without('plan/publish-').inputs }, 'not on dist/a/plan/publish-ci-3.12.json'],
    [
      'the record of a leg',
      { outputs: without('legs/ci-3.13-').outputs },
      'dist/a/legs/ci-3.13-linux-amd64.json is not',
    ],
    ['the record of an image', { outputs: without('images/').outputs }, 'dist/a/images/ci-3.12.json is not among'],
  ])('is refused without %s', (_what, change, message) => expect(() => checkOwn(change)).toThrow(message));

  it('answers for no image that another target publishes', () => {
    const publish = { executor: 'nx-ci-cache:publish-images', dependsOn: ['buildx-refresh'] };
    expect(() => checkOwn({ ...without('publish-'), outputs: without('images/').outputs }, { publish })).not.toThrow();
  });
});

describe('one target for a whole step', () => {
  const byHand = (resolve: TargetConfiguration): Targets => ({
    look: { executor: 'nx-ci-cache:snapshot', outputs: ['{workspaceRoot}/dist/a'] },
    resolve: { executor: 'nx-ci-cache:generate-constraints', cache: true, dependsOn: ['look'], ...resolve },
  });
  const outputs = ['{workspaceRoot}/dist/a/constraints-*'];

  it('is taken when all facts are in its hash', () => {
    const inputs = [{ dependentTasksOutputFiles: 'dist/a/cells/*.json' }];
    expect(() => check(byHand({ inputs, outputs }))).not.toThrow();
    expect(() => check(byHand({ inputs, outputs: ['{workspaceRoot}/dist/a/constraints-3.12'] }))).toThrow(
      'constraints-3.13/core-3.13.txt is not among its outputs',
    );
  });

  it('is refused with the input for all of them', () => {
    expect(() => check(byHand({ outputs }))).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('a:resolve is cached, but not on dist/a/cells/core-3.12.json'),
        remedy: expect.stringContaining('{"dependentTasksOutputFiles":"dist/a/cells/*.json"}'),
      }),
    );
  });
});
