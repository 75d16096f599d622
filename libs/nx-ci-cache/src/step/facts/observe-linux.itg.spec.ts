/** The Linux of a cell, told by the real Debian its image starts from, up to the file that is resolved for it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { pinLines, useFreshCache } from '@nx-ci-cache/constraints/src/testing/cell';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { pushContent } from '@nx-ci-cache/images/src/testing/push-content';
import { cellsOf, recordPaths, type CellFacts } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import { generateConstraints } from '../../executors/generate-constraints/executor';
import { snapshot } from '../../executors/snapshot/executor';
import { targetsOf } from '../../plugin/targets';
import { wiredRun } from '../../testing/wired-run';
import type { StepContext } from '../context/context';

useFreshCache();

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const paths = recordPaths('app');
const workspace = testWorkspace();
let index: LocalIndex;
let host: string;
let said: string[];

beforeAll(async () => {
  await up(stateDir, { parts: ['registry', 'bases'] });
  host = stackEnv(stateDir)['CI_CACHE_REGISTRY'] ?? '';
  const linux = (release: number, glibc: number, machine: string) => ({
    ...{ name: 'alpha', version: `${release}.0` },
    tags: `py3-none-manylinux_2_${glibc}_${machine}`,
  });
  index = await startIndex(
    ['x86_64', 'aarch64'].flatMap((machine) => [
      ...[linux(1, 28, machine), linux(2, 36, machine), linux(3, 39, machine)],
      linux(4, 41, machine),
    ]),
  );
});
afterAll(async () => {
  await index.close();
  await down(stateDir, { purge: true });
  rmSync(workspace.root, { recursive: true, force: true });
});

/** A run up to the files, with this base and these images. */
const resolve = async (bases: object, change: object = {}) => {
  const image = (name: string, own: object) => ({
    ...{ dockerfile: `${name}/Dockerfile`, context: name, bases: own },
    ...{ repository: `${host}/${name}-{python}`, cache: `${host}/cache/${name}-{python}:{platform}` },
  });
  const text = JSON.stringify({
    ...{ pythons: ['3.11', '3.13'], platforms: ['linux/amd64', 'linux/arm64'], index: { url: index.url } },
    constraints: { linux: { image: 'ci' }, modes: { core: { requirements: ['core.in'], ...change } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: { ci: image('ci', { GROUND: { image: 'ground' } }), ground: image('ground', bases) },
    builder: { nodes: [{ platforms: ['linux/amd64'] }, { platforms: ['linux/arm64'] }] },
  });
  workspace.commit({
    ...{ '.gitignore': 'dist\n', 'app/ci-cache.json': text, 'app/core.in': 'alpha\n' },
    'app/ci/Dockerfile': 'ARG GROUND\nFROM $GROUND AS one\nFROM one\n',
    'app/ground/Dockerfile': 'ARG BASE\nFROM $BASE\n',
  });
  const config = parseConfig(text, 'app');
  said = [];
  const context = {
    ...{ workspaceRoot: workspace.root, ...wiredRun('app', targetsOf(config, [])), config, paths, byHand: true },
    ...{ taskName: 'app:refresh-manual', at: (path: string) => join(workspace.root, path), namedInputs: {} },
    ...{ switches: {}, environment: { XDG_CACHE_HOME: join(stateDir, 'home') } },
    say: (line: string) => void said.push(line),
  } as unknown as StepContext;
  await snapshot({}, context);
  for (const cell of cellsOf(config)) await generateConstraints(cell, context);
  return (python: string) => {
    const read = (path: string) => readFileSync(join(workspace.root, path), 'utf8');
    const cell = { mode: 'core', python };
    return {
      facts: JSON.parse(read(paths.cellFacts(cell))) as CellFacts,
      text: read(paths.constraints(cell)),
    };
  };
};

workspace.git('remote', 'add', 'origin', workspace.root);

it('is that of the Debian which the image of each Python starts from, in the end', async () => {
  const of = await resolve({ BASE: `${host}/base/python:{python}` });
  expect(of('3.11').facts.linux).toBe('manylinux_2_36');
  expect(of('3.11').text).toContain('# core for Python 3.11 on manylinux_2_36\n');
  expect(pinLines(of('3.11').text)).toEqual(['alpha==2.0']);
  // glibc 2.41, of which the resolver knows no name.
  expect(of('3.13').facts.linux).toBe('manylinux_2_40');
  expect(pinLines(of('3.13').text)).toEqual(['alpha==3.0']);
  expect(said).toContain(`glibc 2.36: ${host}/base/python:3.11 on linux/amd64`);
});

it('is of each platform its own, with a file for each', async () => {
  const of = await resolve({ BASE: `${host}/base/python:{python}` }, { perPlatform: true });
  expect(of('3.11').text).toContain('# core for Python 3.11 on linux/amd64, manylinux_2_36\n');
});

it('ends the snapshot where the base has no glibc, before anything is resolved', async () => {
  await pushContent(host).image('made', '1');
  await expect(resolve({ BASE: `${host}/made:1` })).rejects.toMatchObject({
    code: 'RegistryFailed',
    message: expect.stringContaining('cannot be read'),
  });
  await pushContent(host).layered('bare', '1', [Buffer.alloc(10_240)]);
  await expect(resolve({ BASE: `${host}/bare:1` })).rejects.toMatchObject({
    code: 'OptionInvalid',
    // Of its two platforms the one that was looked at first.
    message: expect.stringMatching(/\/bare:1 on linux\/(?:amd64|arm64) has no C library in any of its layers$/),
  });
});
