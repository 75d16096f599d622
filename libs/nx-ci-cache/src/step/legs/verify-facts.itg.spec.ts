/** What verify builds, read from a real repository and a real registry in which base images move. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@nx-ci-cache/config';
import { testWorkspace } from '@nx-ci-cache/git/src/testing/workspace';
import { legAnnotations } from '@nx-ci-cache/images/src/plan/leg-annotations';
import { testInputs } from '@nx-ci-cache/images/src/testing/leg';
import { digestOf } from '@nx-ci-cache/process';
import { recordPaths } from '@nx-ci-cache/records';
import { down, stackEnv, up } from '@nx-ci-cache/testbed';
import type { StepContext } from '../context/context';
import { verifyFacts } from './verify-facts';

const stateDir = mkdtempSync(join(tmpdir(), 'ci-cache-stack-'));
const workspace = testWorkspace();
const types = { index: 'application/vnd.oci.image.index.v1+json', image: 'application/vnd.oci.image.manifest.v1+json' };
let host: string;
let text: string;

const send = async (method: string, url: string | URL, body?: string, type = 'application/octet-stream') => {
  const headers = { 'content-type': type };
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body, headers }) });
  if (!answer.ok) throw new Error(`${method} ${url} answered ${answer.status}: ${await answer.text()}`);
  return answer;
};

/** An index of one image without layers, under a tag. Its digest, and the image's. */
const put = async (repository: string, tag: string, annotationsOf: (image: string) => Record<string, string>) => {
  const root = `http://${host}/v2/${repository}`;
  const begun = await send('POST', `${root}/blobs/uploads/`);
  const upload = new URL(begun.headers.get('location') ?? '', `http://${host}`);
  upload.searchParams.set('digest', digestOf('{}'));
  await send('PUT', upload, '{}');
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('{}'), size: 2 };
  const image = JSON.stringify({ schemaVersion: 2, mediaType: types.image, config, layers: [] });
  const digest = digestOf(image);
  await send('PUT', `${root}/manifests/${digest}`, image, types.image);
  const manifests = [{ mediaType: types.image, digest, size: image.length }];
  const index = { schemaVersion: 2, mediaType: types.index, manifests, annotations: annotationsOf(digest) };
  await send('PUT', `${root}/manifests/${tag}`, JSON.stringify(index), types.index);
  return digestOf(JSON.stringify(index));
};

const base = (state: string) => put('base', '1', () => ({ state }));

const image = (name: string, more: object = {}) => ({
  ...{ dockerfile: 'Dockerfile', bases: { BASE: `${host}/base:1` }, tags: ['{commit}'] },
  ...{ repository: `${host}/${name}-{python}`, cache: `${host}/cache/${name}-{python}:{platform}`, ...more },
});

const context = (): StepContext =>
  ({
    ...{ workspaceRoot: workspace.root, projectName: 'app', paths: recordPaths('app'), environment: process.env },
    ...{ config: parseConfig(text, 'app'), switches: {}, at: (path: string) => join(workspace.root, path) },
  }) as unknown as StepContext;

beforeAll(async () => {
  await up(stateDir, { parts: ['registry'] });
  host = stackEnv(stateDir)['CI_CACHE_REGISTRY'] ?? '';
  text = JSON.stringify({
    pythons: ['3.13'],
    platforms: ['linux/amd64', 'linux/arm64'],
    constraints: { modes: { core: { requirements: ['core.in'] } } },
    push: { branches: [{ from: 'main', to: 'constraints-main' }] },
    images: {
      ci: image('ci'),
      warm: image('warm', { publish: 'cache', tags: undefined }),
      bare: image('bare', { publish: 'image' }),
    },
  });
  workspace.commit({ 'core-3.13.txt': 'alpha==1.0\n' });
  workspace.git('branch', 'constraints-main');
  workspace.commit({
    ...{ 'core-3.13.txt': 'no constraints at all', '.gitignore': 'dist\n' },
    ...{ 'app/ci-cache.json': text, 'app/core.in': 'alpha\n', 'app/Dockerfile': 'ARG BASE\nFROM ${BASE}\n' },
  });
  workspace.git('remote', 'add', 'origin', workspace.root);
});
afterAll(async () => {
  await down(stateDir, { purge: true });
  rmSync(workspace.root, { recursive: true, force: true });
});

it('takes the commit, the published constraints, and of each leg that leaves a cache the base it was recorded with', async () => {
  const before = await base('before');
  const inputs = { ...testInputs, bases: { BASE: `${host}/base:1@${before}` } };
  const recorded = { inputs, buildId: 'b', constraintsCommit: null, sourceCommit: 'c', node: 'n' };
  await put('ci-3.13', 'leg--ci-3.13-linux-amd64', (digest) => legAnnotations({ ...recorded, digest }));
  const moved = await base('moved');
  workspace.write({ 'app/Dockerfile': 'not committed' });

  const { branch, legs } = await verifyFacts(context());
  expect(branch).toMatchObject({
    sourceCommit: workspace.git('rev-parse', 'main').trim(),
    tip: workspace.git('rev-parse', 'constraints-main').trim(),
  });
  expect(legs.map(({ spec, bases }) => [spec.name, bases])).toEqual([
    ['ci-3.13-linux-amd64', { [`${host}/base:1`]: before }],
    ['ci-3.13-linux-arm64', { [`${host}/base:1`]: moved }],
    ['warm-3.13-linux-amd64', { [`${host}/base:1`]: moved }],
    ['warm-3.13-linux-arm64', { [`${host}/base:1`]: moved }],
  ]);
  for (const { source, constraints, allowDirty } of legs)
    expect({ source, constraints, allowDirty }).toEqual({
      source: { workspaceRoot: workspace.root, commit: branch.sourceCommit },
      constraints: { 'core-3.13.txt': 'alpha==1.0\n' },
      allowDirty: true,
    });
});

it('fails where registry or remote give no clear answer', async () => {
  const nowhere = context();
  const remote = { ...nowhere.config.push, remote: join(workspace.root, 'nothing.git') };
  await expect(
    verifyFacts({ ...nowhere, config: { ...nowhere.config, push: remote } as StepContext['config'] }),
  ).rejects.toMatchObject({ code: 'CommandFailed' });
  await send('DELETE', `http://${host}/v2/base/manifests/${await base('moved')}`);
  await expect(verifyFacts(context())).rejects.toMatchObject({ code: 'RegistryFailed' });
});
