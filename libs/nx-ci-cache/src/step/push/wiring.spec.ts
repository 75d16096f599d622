import type { TargetConfiguration } from '@nx/devkit';
import { parseConfig } from '@nx-ci-cache/config';
import { pluginInputs } from '../../plugin/plugin-inputs';
import { targetsOf } from '../../plugin/targets';
import type { StepContext } from '../context/context';
import { checkWiring } from './wiring';

const config = parseConfig(
  JSON.stringify({
    pythons: ['3.13'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  }),
  'apps/a',
);
const workspaceRoot = '/nowhere';
const inferred = targetsOf(config, pluginInputs(workspaceRoot));
const cell = 'generate-constraints--core-3.13';

const check = (name: string, change: TargetConfiguration, targetDefaults: object = {}) =>
  checkWiring({
    ...{ config, workspaceRoot, projectName: 'a', targetDefaults },
    projects: { a: { root: 'apps/a', targets: { ...inferred, [name]: { ...inferred[name], ...change } } } },
  } as unknown as StepContext);

it.each<[string, string, TargetConfiguration]>([
  ['as they were inferred', cell, {}],
  ['not cached', cell, { cache: false }],
  [
    'with more inputs and dependencies',
    cell,
    {
      inputs: [...(inferred[cell]?.inputs ?? []), { env: 'X' }],
      dependsOn: ['other', 'snapshot'],
    },
  ],
  ['of another executor, which is none of ours', cell, { executor: 'nx:noop', inputs: [] }],
])('takes targets %s', (_name, target, change) => expect(() => check(target, change)).not.toThrow());

it.each<[string, TargetConfiguration, object, string, string]>([
  [
    cell,
    { inputs: ['default'] },
    { 'nx-ci-cache:generate-constraints': { inputs: ['default'] } },
    'inputs',
    'targetDefaults["nx-ci-cache:generate-constraints"] in nx.json',
  ],
  [
    cell,
    { inputs: [] },
    { 'generate-constraints--*': [{ inputs: [] }] },
    'inputs',
    'targetDefaults["generate-constraints--*"] in nx.json',
  ],
  [
    cell,
    { dependsOn: [] },
    { [cell]: { cache: true } },
    'dependsOn',
    `target "${cell}" in project.json or package.json of apps/a`,
  ],
  [cell, { outputs: ['{workspaceRoot}/dist'] }, {}, 'outputs', 'of apps/a'],
  ['push-constraints', { cache: true }, {}, 'cache', 'target "push-constraints" in project.json'],
  ['snapshot', { cache: true }, { snapshot: { cache: true } }, 'cache', 'targetDefaults["snapshot"] in nx.json'],
])('refuses %s with %j and says which line to remove', (name, change, defaults, property, place) => {
  const words = property === 'cache' ? 'has "cache": true' : `has lost ${property}`;
  expect(() => check(name, change, defaults)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(`a:${name} ${words}`),
      remedy: expect.stringMatching(`^Remove "${property}" from `),
    }),
  );
  expect(() => check(name, change, defaults)).toThrow(
    expect.objectContaining({ remedy: expect.stringContaining(place) }),
  );
});
