/** Who only resolves needs no account at the registry of the base images; who only looks says what was not seen. */
import { execFileSync } from 'node:child_process';
import { readdirSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frozenImagesOf, parseConfig, type FrozenImage } from '@nx-ci-cache/config';
import { startIndex, type LocalIndex } from '@nx-ci-cache/constraints/src/testing/local-index';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { digestOf, readTextIfPresent, writeJson } from '@nx-ci-cache/process';
import { cellsOf, type BranchFacts, type PushRecord, recordPaths } from '@nx-ci-cache/records';
import { buildImage } from '../../executors/build-image/executor';
import { checkConstraints } from '../../executors/check-constraints/executor';
import { generateConstraints } from '../../executors/generate-constraints/executor';
import { planRefresh } from '../../executors/plan-refresh/executor';
import { snapshot } from '../../executors/snapshot/executor';
import { why } from '../../executors/why/executor';
import type { StepContext } from '../context/context';
import { readBranchFacts } from '../context/required';

const paths = recordPaths('app');

describe('an image registry that wants a login', () => {
  let index: LocalIndex;
  let registry: Server;
  let root: string;
  let host: string;

  beforeAll(async () => {
    index = await startIndex([{ name: 'alpha', version: '1.0' }]);
    registry = createServer((_request, response) => void response.writeHead(401).end());
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    host = `127.0.0.1:${(registry.address() as AddressInfo).port}`;
    root = mkdtempSync(join(tmpdir(), 'nx-ci-cache-base-access-'));
    mkdirSync(join(root, 'app'));
    writeFileSync(join(root, '.gitignore'), 'dist\n');
    writeFileSync(join(root, 'app/core.in'), 'alpha\n');
    writeFileSync(join(root, 'app/Dockerfile'), 'ARG BASE\nFROM ${BASE}\n');
    writeFileSync(join(root, 'app/ci-cache.json'), configText());
    git('init', '--quiet', '--initial-branch=main');
    git('remote', 'add', 'origin', root);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'first');
  });
  afterAll(async () => {
    await index.close();
    registry.closeAllConnections();
    registry.close();
    rmSync(root, { recursive: true });
  });

  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env: gitEnvironment, encoding: 'utf8' }).trim();
  const configText = () =>
    JSON.stringify({
      pythons: ['3.13'],
      index: { url: index.url },
      constraints: { modes: { core: { requirements: ['core.in'] }, frozen: { image: 'ci' } } },
      push: { branches: [{ from: 'main', to: 'constraints-main' }] },
      images: {
        ci: {
          dockerfile: 'Dockerfile',
          bases: { BASE: `${host}/base/python:{python}` },
          repository: `${host}/ci/python{python}`,
          cache: `${host}/cache/python{python}:{platform}`,
        },
      },
      builder: { nodes: [{ platforms: ['linux/amd64'] }] },
    });
  const context = (): StepContext => {
    const config = parseConfig(configText(), 'app');
    const core = config.modes.filter(({ name }) => name === 'core');
    return {
      ...{ workspaceRoot: root, projectName: 'app', paths, environment: { DOCKER_CONFIG: root }, projects: {} },
      ...{ config: { ...config, modes: core }, namedInputs: {}, at: (path: string) => join(root, path) },
      ...{ switches: { dryRun: true, answer: false, force: false }, say: () => undefined },
    } as unknown as StepContext;
  };
  const denied = () => ({
    code: 'RegistryFailed',
    message: expect.stringContaining(`the base image ${host}/base/python:3.13 cannot be read`),
    remedy: expect.stringContaining(`docker login ${host}`),
  });

  it('is not reached by a name that its placeholders spoil: snapshot refuses it first', async () => {
    const { images, ...config } = context().config;
    const spoilt = { ...config, images: images.map((image) => ({ ...image, tags: ['.{branch}', 'latest'] })) };
    await expect(snapshot({}, { ...context(), config: spoilt })).rejects.toMatchObject({
      code: 'OptionInvalid',
      message: expect.stringContaining('app/ci-cache.json: images.ci.tags[0] = ".main"'),
      remedy: expect.stringContaining('{branch} = "main"'),
    });
    expect(readdirSync(join(root, paths.base))).toEqual(['snapshot.json']);
  });

  it('is not asked by those who resolve, compare and explain', async () => {
    await snapshot({}, context());
    for (const cell of cellsOf(context().config)) await generateConstraints(cell, context());
    await expect(checkConstraints({}, context())).resolves.toMatchObject({ result: 'changed' });
    await expect(why({ package: 'alpha' }, context())).resolves.toMatchObject({ package: 'alpha' });
  });

  it('hides from a preview what it holds, and nothing else; it ends who may publish, naming image, host and what to do', async () => {
    const branch: BranchFacts = await readBranchFacts(context());
    const text = await readTextIfPresent(join(root, paths.constraints({ mode: 'core', python: '3.13' })));
    const files = [{ file: 'core-3.13.txt', pins: 1, digest: digestOf(text ?? ''), changed: true }];
    const push: PushRecord = {
      ...{ run: branch.run, result: 'previewed', branch: branch.branch, remote: branch.remote },
      ...{ oldCommit: null, newCommit: null, attempts: 0, files, reasons: [] },
    };
    await writeJson(join(root, paths.push), push);
    await expect(planRefresh({}, context())).resolves.toMatchObject({ result: 'planned', stale: 1, fresh: 0 });
    const leg = { image: 'ci', python: '3.13', platform: 'linux/amd64' };
    expect(JSON.parse((await readTextIfPresent(join(root, paths.reasons(leg)))) ?? '')).toMatchObject({
      stale: true,
      reasons: ['base/python', 'ci/python3.13'].map((name) => ({
        ...{ kind: 'unseen', text: `not seen: needs an account for ${host}/${name}` },
      })),
    });
    expect(JSON.parse((await readTextIfPresent(join(root, paths.plan(leg)))) ?? '')).toMatchObject({ buildId: null });

    const { preview: _preview, ...acting } = branch;
    await writeJson(join(root, paths.branch), acting);
    const pins = join(root, 'dist', 'core-3.13.txt');
    writeFileSync(pins, text ?? '');
    git('update-index', '--add', '--cacheinfo', `100644,${git('hash-object', '-w', pins)},core-3.13.txt`);
    const newCommit = git('commit-tree', '-m', 'pins', git('write-tree'));
    git('reset', '--quiet');
    git('branch', 'constraints-main', newCommit);
    await writeJson(join(root, paths.push), { ...push, result: 'pushed', newCommit });
    const publishing = { ...context(), switches: { ...context().switches, dryRun: false, answer: true } };
    await expect(planRefresh({}, publishing)).rejects.toMatchObject(denied());

    // What another job of the run saw of it is not asked for again.
    const bases = { [`${host}/base/python:3.13`]: `sha256:${'a'.repeat(64)}` };
    const seen = { sourceCommit: branch.sourceCommit, startedAt: branch.startedAt, bases };
    const told = { ...publishing, switches: { ...publishing.switches, seen } };
    await expect(planRefresh({}, told)).rejects.toMatchObject({
      message: expect.stringContaining(`${host}/ci/python3.13`),
    });
    expect(await readTextIfPresent(join(root, paths.bases))).toBe(`${JSON.stringify(bases, null, 2)}\n`);
  });

  it('ends build-image in the same words', async () => {
    const frozen = { ...context(), config: parseConfig(configText(), 'app') };
    await expect(buildImage(frozenImagesOf(frozen.config)[0] as FrozenImage, frozen)).rejects.toMatchObject(denied());
  });

  it.each([
    ['constraints-commit', { constraintsCommit: 'a'.repeat(40) }],
    ['seen', { seen: { sourceCommit: 'a'.repeat(40), startedAt: '2026-05-01T00:00:00.000Z', bases: {} } }],
  ])('is not where a run of its own begins with what another one was given: %s', async (key, given) => {
    const switches = { ...context().switches, ...given };
    await expect(snapshot({}, { ...context(), switches })).rejects.toMatchObject({
      code: 'OptionInvalid',
      message: expect.stringContaining(`switches: ${key} =`),
    });
  });
});
