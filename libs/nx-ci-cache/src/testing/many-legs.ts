/** Two hundred legs with one context in a real repository, for whoever counts or times what planning them asks. */
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { writeJson } from '@nx-ci-cache/process';
import { recordPaths, type BranchFacts } from '@nx-ci-cache/records';
import { remembering } from '@nx-ci-cache/images';
import type { StepContext } from '../step/context/context';
import { imageTools } from '../step/context/image-tools';
import { legSpecs } from '../step/context/leg-specs';
import { legOrder } from '../step/legs/leg-order';
import { planLegs, type LegWithPlan } from '../step/legs/plan-leg';

export const manyLegs = 200;

export interface ManyLegs {
  readonly workspace: TestWorkspace;
  readonly plan: () => Promise<LegWithPlan[]>;
}

/** The first image starts from the last one. */
const image = (host: string, name: string) => ({
  ...{ dockerfile: 'Dockerfile', context: '.', tags: ['{commit}'] },
  bases: { BASE: name === 'a' ? { image: 'e' } : 'registry.example.com/base:1' },
  repository: `${host}/acme/${name}-python{python}`,
  cache: `${host}/acme/cache/${name}-python{python}:{platform}`,
});

const configFor = (host: string) => ({
  pythons: Array.from({ length: 10 }, (_, minor) => `3.${8 + minor}`),
  platforms: ['linux/amd64', 'linux/arm64', 'linux/ppc64le', 'linux/s390x'],
  constraints: { modes: { constraints: { requirements: ['all.in'] } } },
  push: { branches: [{ from: 'main', to: 'constraints-main' }] },
  images: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [name, image(host, name)])),
});

/** @param host of a registry. */
export const makeManyLegs = async (host: string): Promise<ManyLegs> => {
  const workspace = testWorkspace();
  const text = JSON.stringify(configFor(host));
  const { commit } = workspace.commit({
    'app/ci-cache.json': text,
    'app/Dockerfile': 'ARG BASE\nFROM ${BASE}\nCOPY . .\n',
    'app/.dockerignore': 'ci-cache.json\n',
    '.gitignore': 'dist\n.tools\n',
  });
  const paths = recordPaths('app');
  const at = (file: string) => join(workspace.root, file);
  await writeJson(at(paths.bases), { 'registry.example.com/base:1': `sha256:${'b'.repeat(64)}` });
  const branch = { sourceCommit: commit, imageBranch: 'main', run: 'r' } as BranchFacts;
  const context = {
    ...{ workspaceRoot: workspace.root, projectName: 'app', paths, at, switches: {}, environment: process.env },
    config: parseConfig(text, 'app'),
  } as unknown as StepContext;
  return {
    workspace,
    plan: () =>
      planLegs({
        ...{ specs: legSpecs(context, branch), branch, permission: { denied: 'only looking' }, context },
        registry: remembering(imageTools(context).registry),
        order: legOrder(branch, null, context),
      }),
  };
};
