/** What a first run most often ends with: each message is a heading of docs/troubleshooting.md, and each heading such a message. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { detectSource, remoteUrl } from '@nx-ci-cache/branch';
import { parseConfig, refuseUnknownWords } from '@nx-ci-cache/config';
import { observeResolver } from '@nx-ci-cache/constraints';
import {
  builderDefinition,
  builderFault,
  buildxCommand,
  observeBuilder,
  refuseEdited,
  registryClient,
} from '@nx-ci-cache/images';
import { CiCacheError } from '@nx-ci-cache/process';
import { gitEnvironment } from '@nx-ci-cache/process/src/testing/git-environment';
import { refuseUnlocked } from './step/context/locked';
import { refuseVersions } from './step/context/versions';
import { targetBranch } from './step/facts/target-branch';

let folder: string;
const before = { ...process.env };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'first-errors-'));
});
afterEach(() => {
  process.env = { ...before };
});
afterAll(() => rmSync(folder, { recursive: true }));

const place = { file: 'app/ci-cache.json', key: 'push.branches' };
const nodes = [{ platforms: ['linux/amd64'] }];
const name = 'first-errors-that-nobody-made';

const builderOf = (environment: NodeJS.ProcessEnv) =>
  observeBuilder({ buildx: buildxCommand(environment), definition: builderDefinition({ name, nodes }) });

const manifestFrom = (host: string) =>
  registryClient({ environment: process.env }).getManifest(`${host}/acme/ci:latest`);

/** Wants a login and gets none. */
const guarded = async () => {
  const server = createServer((_request, answer) => {
    answer.writeHead(401, { 'www-authenticate': 'Basic realm="acme"' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await manifestFrom(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
  }
};

const oldResolver = async () => {
  const file = join(folder, 'uv');
  writeFileSync(file, '#!/bin/sh\necho uv 0.4.0\n');
  chmodSync(file, 0o755);
  process.env['CI_CACHE_UV'] = file;
  await observeResolver();
};

const unlocked = () => {
  const targets = { cell: { inputs: [{ externalDependencies: ['nx-ci-cache'] }] } };
  const projectGraph = { nodes: {}, dependencies: {}, externalNodes: {} };
  refuseUnlocked({ projectsConfigurations: { version: 2, projects: { app: { root: 'app', targets } } }, projectGraph });
};

const repository = () => {
  const root = mkdtempSync(join(folder, 'r-'));
  execFileSync('git', ['init', '-q', root], { env: gitEnvironment });
  return root;
};

const cases: readonly (readonly [what: string, cause: () => unknown])[] = [
  ['no uv', () => ((process.env['CI_CACHE_UV'] = '/nowhere/uv'), observeResolver())],
  ['an old uv', oldResolver],
  ['no buildx', () => builderOf({ ...before, CI_CACHE_BUILDX: '/nowhere/buildx' })],
  [
    'no builder',
    async () => {
      const fault = builderFault(name, await builderOf(before), ['linux/amd64']);
      if (fault !== undefined) throw fault;
    },
  ],
  ['a registry that is down', () => manifestFrom('127.0.0.1:9')],
  ['no login', guarded],
  ['a branch without a rule', () => targetBranch([{ from: 'v(\\d+)', to: 'constraints-$1' }], 'topic', place)],
  ['no remote', () => remoteUrl(repository(), 'origin', { ...place, key: 'push.remote' })],
  ['no repository', () => detectSource(mkdtempSync(join(folder, 'n-')), {})],
  ['no commit', () => detectSource(repository(), {})],
  ['an edited source', () => refuseEdited('sources of the constraints', ['app/core.in'], 'Commit them first.')],
  ['a misspelt key', () => parseConfig('{ "python": ["3.13"] }', 'app')],
  [
    'a misspelt flag',
    () => refuseUnknownWords({ flags: { dryrun: true }, environment: {} }, { options: [], configurations: [] }),
  ],
  [
    'a misspelt variable',
    () => refuseUnknownWords({ environment: { CI_CACHE_DRYRUN: '1' } }, { options: [], configurations: [] }),
  ],
  ['an old Node', () => refuseVersions({ node: '18.20.0', nx: '23.2.1' })],
  ['an old Nx', () => refuseVersions({ node: '22.0.0', nx: '21.5.0' })],
  ['no lockfile', unlocked],
];

const messageOf = async (cause: () => unknown): Promise<string> => {
  try {
    await cause();
  } catch (error) {
    if (error instanceof CiCacheError && error.remedy !== '')
      return `${error.code}: ${error.message}`.split('\n')[0] ?? '';
    throw error;
  }
  throw new Error('nothing was refused');
};

/** `…` in a heading stands for what differs from case to case. */
const headings = (): readonly string[] => {
  const text = readFileSync(join(__dirname, '../../../docs/troubleshooting.md'), 'utf8');
  const [, first = ''] = /^## First errors$([\s\S]*?)^## /m.exec(text) ?? [];
  return [...first.matchAll(/^### `(.*)`$/gm)].map(([, heading = '']) => heading);
};

const fits = (heading: string, message: string): boolean =>
  new RegExp(
    `^${heading
      .split('…')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  ).test(message);

it('are the headings of the page, one for each', async () => {
  const found = [];
  for (const [what, cause] of cases) {
    const message = await messageOf(cause);
    process.env = { ...before };
    found.push([what, message, headings().filter((heading) => fits(heading, message))]);
  }
  expect(found.filter(([, , fitting]) => fitting?.length !== 1)).toEqual([]);
  const used = found.flatMap(([, , fitting]) => fitting ?? []);
  expect(headings().filter((heading) => !used.includes(heading))).toEqual([]);
});
