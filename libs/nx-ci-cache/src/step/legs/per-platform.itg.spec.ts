/** One file per platform, from a real resolver and a real push to what a leg of each platform is built from. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { pinLines, useFreshCache } from '@nx-ci-cache/constraints/src/testing/cell';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { testWorkspace, type TestWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { readLegSources } from '@nx-ci-cache/images';
import { writeJson } from '@nx-ci-cache/process';
import { cellsOf, recordPaths, type LegInputs } from '@nx-ci-cache/records';
import { checkConstraints } from '../../executors/check-constraints/executor';
import { constraints } from '../../executors/constraints/executor';
import { generateConstraints } from '../../executors/generate-constraints/executor';
import { pushConstraints } from '../../executors/push-constraints/executor';
import { snapshot } from '../../executors/snapshot/executor';
import { targetsOf } from '../../plugin/targets';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../context/context';
import { legSpecs } from '../context/leg-specs';
import { readBranchFacts } from '../context/required';
import { legFacts } from './leg-facts';
import { layOutPushedFiles } from './pushed-files';

useFreshCache();

const paths = recordPaths('app');
const platforms = ['linux/amd64', 'linux/arm64'];
let index: LocalIndex;
let workspace: TestWorkspace;
let context: StepContext;

const configText = () =>
  JSON.stringify({
    pythons: ['3.13'],
    platforms,
    index: { url: index.url },
    constraints: {
      modes: { core: { requirements: ['core.in'], perPlatform: true }, common: { requirements: ['common.in'] } },
    },
    push: { branches: [{ from: 'main', to: 'constraints-main' }], allowUntested: true },
    images: {
      ci: {
        dockerfile: 'Dockerfile',
        repository: 'registry.example.com/ci-{python}',
        cache: 'registry.example.com/cache/ci-{python}:{platform}',
      },
    },
    builder: { nodes: platforms.map((platform) => ({ platforms: [platform] })) },
  });

beforeAll(async () => {
  index = await startIndex([
    { name: 'alpha', version: '1.0', requires: ['beta; platform_machine == "aarch64"'] },
    { name: 'beta', version: '1.0' },
    { name: 'gamma', version: '1.0' },
  ]);
  workspace = testWorkspace();
  workspace.commit({
    ...{ '.gitignore': 'dist\n', 'app/ci-cache.json': configText(), 'app/core.in': 'alpha\n' },
    ...{ 'app/common.in': 'gamma\n', 'app/Dockerfile': 'FROM scratch\nCOPY --from=constraints core-3.13.txt /\n' },
  });
  workspace.git('remote', 'add', 'origin', workspace.root);
  const config = parseConfig(configText(), 'app');
  context = {
    ...{ workspaceRoot: workspace.root, ...wiredRun('app', targetsOf(config, [])), config, paths, byHand: true },
    ...{ taskName: 'app:refresh-manual', at: (path: string) => join(workspace.root, path), namedInputs: {} },
    ...{ switches: { answer: true, dryRun: false, force: false }, environment: {}, say: () => undefined },
  } as unknown as StepContext;
});
afterAll(async () => {
  await index.close();
  rmSync(workspace.root, { recursive: true, force: true });
});

const run = async (): Promise<void> => {
  await snapshot({}, context);
  for (const cell of cellsOf(context.config)) await generateConstraints(cell, context);
  await checkConstraints({}, context);
  await layOutPushedFiles(await pushConstraints({}, context), context);
};

const published = (file: string) => workspace.git('show', `constraints-main:${file}`);

const inputsOfLegs = async (): Promise<readonly LegInputs[]> => {
  await writeJson(context.at(paths.bases), {});
  const branch = await readBranchFacts(context);
  const legs = legSpecs(context, branch).map(async (spec) => readLegSources(await legFacts(spec, branch, context)));
  return (await Promise.all(legs)).map(({ inputs }) => inputs);
};

it('publishes what a marker holds for one machine alone, and gives each leg the file of its own platform', async () => {
  await run();
  expect(pinLines(published('core-3.13.txt'))).toEqual(['alpha==1.0']);
  expect(pinLines(published('core-3.13-linux-arm64.txt'))).toEqual(['alpha==1.0', 'beta==1.0']);
  expect(published('core-3.13-linux-arm64.txt')).toContain('# core for Python 3.13 on linux/arm64\n');
  expect(pinLines(published('common-3.13.txt'))).toEqual(['gamma==1.0']);
  const record = readFileSync(context.at(`${paths.base}/constraints-3.13/core-3.13-linux-arm64.json`), 'utf8');
  expect(JSON.parse(record)).toMatchObject({ mode: 'core', python: '3.13', platform: 'linux/arm64', pins: 2 });

  const [amd64, arm64] = await inputsOfLegs();
  expect(Object.keys(amd64?.constraints ?? {})).toEqual(['core-3.13.txt']);
  expect(Object.keys(arm64?.constraints ?? {})).toEqual(['core-3.13.txt']);
  expect(amd64?.constraints).not.toEqual(arm64?.constraints);
});

it('makes the legs of one platform stale when only its file changes', async () => {
  const before = await inputsOfLegs();
  index.publish({ name: 'beta', version: '2.0' });
  await run();
  expect(pinLines(published('core-3.13-linux-arm64.txt'))).toEqual(['alpha==1.0', 'beta==2.0']);
  const after = await inputsOfLegs();
  expect(after[0]).toEqual(before[0]);
  expect(after[1]?.constraints).not.toEqual(before[1]?.constraints);
});

it('hands all of them to consumers', async () => {
  await constraints({}, context);
  const names = ['core-3.13.txt', 'core-3.13-linux-arm64.txt', 'common-3.13.txt'];
  expect(names.map((name) => existsSync(context.at(join(paths.materialised, name))))).toEqual([true, true, true]);
});
